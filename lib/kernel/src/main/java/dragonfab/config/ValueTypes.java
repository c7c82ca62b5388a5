package dragonfab.config;

import dragonfab.shell.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that keys take. */
final class ValueTypes {
    private static final List<String> SCALAR = List.of("string", "number", "boolean");

    static final ValueType<String> TEXT = ScalarType.of("should be a text", (text, at) -> text,
            Map.of("type", SCALAR));
    static final ValueType<Boolean> FLAG = ScalarType.fixed("should be true or false", (text, at) -> flag(text),
            Map.of("type", "boolean"));
    static final ValueType<Secret> SECRET = new ScalarType<>("should be a text", (text, at) -> Secret.of(text),
            Map.of("type", SCALAR), true, true);
    static final ValueType<Path> PATH = ScalarType.of("should be a path", (text, at) -> path(text, at.folder()),
            Map.of("type", SCALAR));
    static final ValueType<Host> HOST = ScalarType.of(Host.SAYING, (text, at) -> Host.parse(text),
            Map.of("type", "string"));
    static final ValueType<String> CONTAINER = word(Container.SAYING, Container.RULE);
    static final ValueType<String> PACKAGE = word(
            "should be a Debian package name (a-z, 0-9, later also + - and .)", "[a-z0-9][a-z0-9+.-]+");
    static final ValueType<String> WORD = word("should be one word", "[A-Za-z0-9][A-Za-z0-9_.+-]*");
    static final ValueType<String> SSLMODE =
            oneOf("should be disable, allow, prefer, require, verify-ca or verify-full",
                    List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"));
    static final ValueType<String> USER = word("should be a user name", "[a-z_][a-z0-9_-]{0,31}");
    static final ValueType<String> LOGIN = word("should be a user name", "[A-Za-z_][A-Za-z0-9_.-]*\\$?");
    static final ValueType<String> ROLE = word("should be a role (a-z, 0-9, _ and -, beginning with a letter)",
            "[a-z][a-z0-9_-]*");
    static final ValueType<String> TARGET_PATH = word("should be an absolute path", "/[^\\x00-\\x1f\\x7f]*");
    static final ValueType<String> TARGET_FOLDER = word("should be an absolute path below / without . and .. in it",
            "(?!.*/\\.\\.?(/|$))/[^/\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*");
    static final ValueType<String> PLAIN_FOLDER = word(
            "should be an absolute path of letters, digits and . _ + - without . and .. in it",
            "(/(?!\\.\\.?(/|$))[A-Za-z0-9._+-]+)+");
    static final ValueType<String> PLAIN_URL = word("should be an address such as http://apt.example.com/folder",
            "https?://([A-Za-z0-9][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[A-Za-z0-9._~+/-]*)?");
    static final ValueType<String> OWNER = word("should be USER or USER:GROUP",
            "[a-z_][a-z0-9_-]{0,31}(:[a-z_][a-z0-9_-]{0,31})?");
    static final ValueType<String> PATTERN = word("should be a pattern of rsync on one line",
            "[^\\x00-\\x1f\\x7f]*[^\\x00-\\x1f\\x7f ][^\\x00-\\x1f\\x7f]*");
    static final ValueType<String> FIXTURE = word("should be a file, or a label that does not begin with -",
            "[^\\x00-\\x1f\\x7f-][^\\x00-\\x1f\\x7f]*");
    static final ValueType<String> URL = word("should be an address such as https://example.com",
            "https?://([^@/?#\\s]*@)?(\\[[^\\]/\\s]+\\]|[^:/?#\\[\\]\\s]+)(:[0-9]{1,5})?([/?#][^\\s\\x00-\\x1f\\x7f]*)?");
    static final ValueType<String> SITE = word("should be a host name",
            "[A-Za-z0-9_][A-Za-z0-9_.-]*(:[0-9]{1,5})?");
    static final ValueType<String> NETWORK = ScalarType.of(Network.SAYING, (text, at) -> Network.checked(text),
            Map.of("type", "string"));
    static final ValueType<Map<String, String>> VARS = new NamedTexts("[A-Za-z_][A-Za-z0-9_-]*");
    static final ValueType<Map<String, String>> VARIABLES = new NamedTexts("[A-Za-z_][A-Za-z0-9_]*");
    static final ValueType<Check> CHECK = new CheckType();
    static final ValueType<List<Hook>> HOOKS = new ListOf<>(new HookType(), true, null);
    static final ValueType<Canary> CANARY = ScalarType.fixed(Canary.SAYING, (text, at) -> Canary.parse(text),
            Map.of("type", "string", "pattern", "^(" + Canary.PATTERN + ")$"));
    static final ValueType<List<CountOrPercent>> SHARES = new ListOf<>(share(1), true, null);
    static final ValueType<ColumnRules> COLUMN_RULES = new ColumnRulesType();
    static final ValueType<PythonApp> PYTHON_APP = ScalarType.of(PythonApp.SAYING, (text, at) -> PythonApp.parse(text),
            Map.of("type", "string", "pattern", "^(" + PythonApp.PATTERN + ")$|\\$\\{"));
    static final ValueType<Map<String, Worker>> WORKERS = new WorkersType();
    static final ValueType<String> MODULE = word("should be a Python module", "[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
    static final ValueType<String> SOFTWARE_NAME = word(
            "should be a short name (a-z, 0-9 and - inside, without -env-, -src- or -site-)",
            "(?!.*-(env|src|site)(-|$))[a-z][a-z0-9-]{0,18}[a-z0-9]");
    static final ValueType<String> VARIANT_NAME = word("should be a short word (a-z and 0-9)", "[a-z0-9]{1,12}");
    static final ValueType<String> SIZE = word("should be a size such as 10m", "[1-9][0-9]*[kKmMgG]?|0");
    static final ValueType<List<String>> TEXTS = list(TEXT);
    /** Each is an address, or a line of sources.list with one. */
    static final ValueType<List<String>> MIRRORS = new ListOf<>(word(
            "should be an address such as http://deb.example.com/ without a login, or a line \"deb ADDRESS SUITE COMPONENT\"",
            "MIRROR|deb (\\[[^\\]\\x00-\\x1f\\x7f]+\\] )?MIRROR [A-Za-z0-9./_-]+( [A-Za-z0-9._/-]+)*"
                    .replace("MIRROR", "https?://[^/\\s@]+(/[^\\s\\x00-\\x1f\\x7f]*)?")),
            true, null);
    static final ValueType<List<String>> PACKAGE_NAMES = list(PACKAGE);
    static final ValueType<List<Host>> HOSTS = new HostsType();

    private ValueTypes() {
    }

    static <T> ValueType<List<T>> list(ValueType<T> each) {
        return new ListOf<>(each, false, null);
    }

    static ValueType<Integer> number(int least, int most) {
        var rule = "should be a number from " + least + " to " + most;
        return ScalarType.fixed(rule, (text, at) -> {
            require(text.matches("0|[1-9][0-9]{0,8}"), rule);
            var number = Integer.parseInt(text);
            require(number >= least && number <= most, rule);
            return number;
        }, Map.of("type", "integer", "minimum", least, "maximum", most));
    }

    static ValueType<CountOrPercent> share(int least) {
        return ScalarType.fixed(CountOrPercent.SAYING, (text, at) -> {
            var share = CountOrPercent.parse(text);
            require(share.number() >= least, CountOrPercent.SAYING);
            return share;
        }, Map.of("anyOf", List.of(Map.of("type", "integer", "minimum", least),
                Map.of("type", "string", "pattern", "^([1-9][0-9]?|100)%$"))));
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        var words = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
        var rule = "should be " + words.stream().collect(Collectors.joining(" or "));
        return ScalarType.fixed(rule, (text, at) -> {
            require(words.contains(text), rule + Suggestion.of(text, words));
            return type.getEnumConstants()[words.indexOf(text)];
        }, Map.of("enum", words));
    }

    private static ValueType<String> word(String rule, String pattern) {
        return word(rule, pattern, List.of());
    }

    /** Another program's enumeration, which a reference may stand for. */
    private static ValueType<String> oneOf(String rule, List<String> words) {
        return word(rule, String.join("|", words), words);
    }

    private static ValueType<String> word(String rule, String pattern, List<String> known) {
        var compiled = Pattern.compile(pattern);
        return ScalarType.of(rule, (text, at) -> {
            require(compiled.matcher(text).matches(), rule + Suggestion.of(text, known));
            return text;
        }, Map.of("type", "string", "pattern", "^(" + pattern + ")$|\\$\\{"));
    }

    private static boolean flag(String text) {
        var yes = text.matches("(?i)yes|on|y|true");
        var no = text.matches("(?i)no|off|n|false");
        require(text.equals("true") || text.equals("false"), "should be true or false"
                + (yes ? " (write true)" : no ? " (write false)" : ""));
        return yes;
    }

    static Path path(String text, Path folder) {
        require(!text.startsWith("~") || text.startsWith("~/"),
                "should be a path (of a home folder, only ~/ is known)");
        var expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        return folder.resolve(expanded).normalize();
    }

    /** What does not hold is a problem of the value that is read. */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
