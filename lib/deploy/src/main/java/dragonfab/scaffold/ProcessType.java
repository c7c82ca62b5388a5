package dragonfab.scaffold;

import java.util.List;
import java.util.regex.Pattern;

/** A kind of process of an application, as a Procfile names it, and the line of the shell that starts it. */
public record ProcessType(String name, String command) {
    private static final String WEB = "web";
    private static final String RELEASE = "release";
    private static final Pattern ONE_PROGRAM = Pattern.compile("[^\\s=;&|<>()`]+(?:\\s[^;&|<>()`]*)?");
    private static final Pattern IN_QUOTES = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final List<String> SERVERS = List.of("gunicorn", "uvicorn");
    /** uvicorn takes the socket of systemd by its number; gunicorn finds it by itself. */
    private static final String NUMBER_OF_SOCKET = "--fd 3";

    /** What nginx stands before. */
    public boolean isWeb() {
        return name.equals(WEB);
    }

    /** What runs once for each release, and is no service. */
    public boolean isRelease() {
        return name.equals(RELEASE);
    }

    /** Rather than several, or one that needs a shell around it. */
    public boolean isOneProgram() {
        return ONE_PROGRAM.matcher(IN_QUOTES.matcher(command).replaceAll("_")).matches();
    }

    /** Whether it is the server of that name. */
    public boolean runs(String server) {
        return isOneProgram() && program().equals(server);
    }

    /** Whether it serves what comes in at a socket of systemd, so that a restart refuses nobody. */
    public boolean takesSocket() {
        return isWeb() && (runs("gunicorn") || runs("uvicorn") && command.contains(NUMBER_OF_SOCKET));
    }

    /** The Python servers that its line names. */
    public List<String> servers() {
        return SERVERS.stream().filter(server -> Pattern.compile("(?<![\\w./-])" + server + "(?![\\w.-])")
                .matcher(command).find()).toList();
    }

    private String program() {
        return command.split("\\s", 2)[0];
    }

    public String unit(String packageName) {
        return isWeb() ? packageName : packageName + "-" + name;
    }

    /** Where debhelper looks for it. */
    public String unitFile(String packageName) {
        return "debian/" + packageName + (isWeb() ? "" : "." + unit(packageName)) + ".service";
    }

    /** As it stands between the single quotes of a unit: systemd reads backslashes, percent and dollar signs itself. */
    public String quoted() {
        return (isOneProgram() ? "exec " : "") + command.replace("\\", "\\\\").replace("'", "\\'").replace("%", "%%")
                .replace("$", "$$");
    }
}
