package dragonfab.config;

import static dragonfab.config.ValueTypes.*;

import dragonfab.shell.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key of environments.yml with its kind and meaning, from which checks, schema and manual come.
 *
 * <p>No other key is known anywhere. Each is named as in the file, in capitals.
 */
public final class Key<T> extends Described<T> {
    private static final Map<String, Key<?>> KEYS = new LinkedHashMap<>();
    private static final int DAY = 86400;
    public static final Key<List<Host>> HOSTS = key("hosts", ValueTypes.HOSTS, null,
            "{deploy@app1.example.com: {roles: [app, db]}, app2.example.com: {roles: app, port: 2222}}",
            "The hosts, reached over SSH: a list, or a mapping of each to its roles and its own values.");
    public static final Key<Integer> PARALLEL = key("parallel", number(1, 1000), "32", "8",
            "How many targets are worked on at once.");
    public static final Key<String> LXC = key("lxc", CONTAINER, null, "guestbook-lxc",
            "The LXC container, made from lxc_template when it is missing.");
    public static final Key<Host> LXC_HOST = key("lxc_host", HOST, null, "deploy@titi.example.com",
            "The host that holds the container, reached over SSH; without it, this machine.");
    public static final Key<String> LXC_TEMPLATE = key("lxc_template", CONTAINER, "vanilla", "vanilla",
            "The container that new ones are cloned from.");
    public static final Key<CloneMode> LXC_CLONE = key("lxc_clone", choice(CloneMode.class), "snapshot",
            "copy", "How it is cloned: snapshot is a thin overlay for development, copy stands alone.");
    public static final Key<Boolean> LXC_UNPRIVILEGED = key("lxc_unprivileged", FLAG, "false", "true",
            "Whether root of the container is nobody outside; takes lxc_clone: copy.");
    public static final Key<String> LXC_SUITE = key("lxc_suite", WORD, null, "bookworm",
            "The Debian release that init builds the template of; without it, the holding machine's own.");
    public static final Key<List<String>> LXC_MIRROR = key("lxc_mirror", MIRRORS, null,
            "[http://deb.example.com/debian, http://deb.example.com/debian-security]",
            "The package mirrors that init builds the template from; without it, the holding machine's own.");
    public static final Key<Boolean> TRUST_LOCAL_CA = key("trust_local_ca", FLAG, "false", "true",
            "Whether the container trusts the certificate authorities that were added to this machine.");
    public static final Key<Secret> SUDO_PASSWORD = key("sudo_password", SECRET, null, "${env:SUDO_PASSWORD}",
            "What sudo asks for on the targets; better is a sudo that does not ask.");
    public static final Key<Integer> CONNECT_TIMEOUT = key("connect_timeout", number(1, 600), "10", "30",
            "How many seconds a host has to answer.");
    public static final Key<Path> IDENTITY_FILE = key("identity_file", PATH, null, "~/.ssh/deploy_key",
            "The private SSH key; without it, the agent and the SSH configuration decide.");
    public static final Key<Path> SSH_CONFIG = key("ssh_config", PATH, null, "ssh_config",
            "The SSH configuration to read in place of ~/.ssh/config and the system's.");
    public static final Key<Transport> TRANSPORT = key("transport", choice(Transport.class), "sshj", "openssh",
            "What reaches hosts: sshj, or the system's ssh for ProxyCommand, GSSAPI and what else sshj has not.");

    public static final Key<String> APP_NAME = key("app_name", PACKAGE, null, "guestbook",
            "The name of the application on a target; without it, that of its package.");
    public static final Key<String> KIND = key("kind", WORD, null, "site",
            "The kind of release: deb, site, or the word of a kind that a project brings; without it, site where app is"
                    + " set, else deb.");
    public static final Key<String> PACKAGE_NAME = key("package_name", PACKAGE, null, "guestbook",
            "The Debian package of the application.");
    public static final Key<String> SOFTWARE = key("software", SOFTWARE_NAME, null, "guestbook",
            "The name of what a site serves, in the names of its packages; without it, app_name.");
    public static final Key<String> VARIANT = key("variant", VARIANT_NAME, "main", "berlin",
            "Which site of several on one host this is: each has its own user, data and names.");
    public static final Key<PythonApp> APP = key("app", ValueTypes.PYTHON_APP, null, "wsgi:shop:app",
            "What a site serves: django, or wsgi:MODULE:NAME or asgi:MODULE:NAME.");
    public static final Key<String> SETTINGS = key("settings", MODULE, null, "guestbook.settings",
            "Django's settings module of a site; without it, the one that manage.py names.");
    public static final Key<Path> REQUIREMENTS = key("requirements", PATH, null, "requirements/production.txt",
            "The Python requirements of a site; without it, a lock of uv, poetry or pipenv, else requirements.txt or"
                    + " pyproject.toml.");
    public static final Key<List<String>> ENV_PACKAGES = key("env_packages", PACKAGE_NAMES, "[]", "[libpq5]",
            "The Debian packages that a site's Python environment needs, with those of"
                    + " venv-debian-requirements.txt.");
    public static final Key<List<String>> SRC_PACKAGES = key("src_packages", PACKAGE_NAMES, "[]", "[graphviz]",
            "The Debian packages that a site's sources need, with those of src-debian-requirements.txt.");
    public static final Key<Integer> WEB_WORKERS = key("web_workers", number(1, 256), "2", "4",
            "How many processes of a site answer requests.");
    public static final Key<Map<String, Worker>> WORKERS = key("workers", ValueTypes.WORKERS, null,
            "{mail: celery -A shop worker, beat: {command: celery -A shop beat, once: true}}",
            "What a site runs besides the processes that answer requests.");
    public static final Key<String> UPLOAD_SIZE = key("upload_size", SIZE, "10m", "100m",
            "The largest request that a site takes, as nginx writes it.");
    public static final Key<MigrateMode> MIGRATE = key("migrate", choice(MigrateMode.class), "off", "maintenance",
            "Whether a deploy of a site migrates, before it switches: off, compatible (while both releases serve) or"
                    + " maintenance. An empty database always is.");
    public static final Key<Path> PACKAGE_DIR = key("package_dir", PATH, "dist", "build/packages",
            "The folder where built packages lie.");
    public static final Key<Path> DEBCONF = key("debconf", PATH, null, "debconf.dat.production",
            "The file of debconf answers, in the format of debconf-set-selections.");
    public static final Key<Conffiles> CONFFILES = key("conffiles", choice(Conffiles.class), "keep", "new",
            "Which configuration files stay when the target's were edited: keep those, or take the new.");
    public static final Key<Boolean> RELAY = key("relay", FLAG, "false", "true",
            "Whether one target hands a package on to the others, so that it leaves this machine once.");
    public static final Key<BuildPlace> BUILD = key("build", choice(BuildPlace.class), "auto", "container",
            "Where it is built: container, host (this one), target (the first), or auto for what fits.");
    public static final Key<String> BUILD_SUITE = key("build_suite", WORD, null, "bookworm",
            "The Debian release of the container that builds; without it, that of the first target.");
    public static final Key<Boolean> WHEEL = key("wheel", FLAG, "false", "true",
            "Whether Python requirements are built as wheels before the package is.");
    public static final Key<String> WHEELSERVER = key("wheelserver", TEXT, null,
            "https://wheels.example.com/", "The index that ready wheels come from.");
    public static final Key<String> WHEELSERVER_TRUSTED_HOST = key("wheelserver_trusted_host", TEXT, null,
            "wheels.example.com", "The host of wheelserver, when it has no certificate that pip trusts.");
    public static final Key<Boolean> COLLECTSTATIC = key("collectstatic", FLAG, "false", "true",
            "Whether Django's static files are collected before the package is built.");
    public static final Key<Path> DJANGO_PROJECT = key("django_project", PATH, ".", "src",
            "The folder that holds manage.py.");
    public static final Key<String> DJANGO_PYTHON = key("django_python", TEXT, "/usr/bin/python3",
            "/opt/venv/bin/python", "The Python that runs manage.py while building.");
    public static final Key<List<String>> COMPANIONS = key("companions", PACKAGE_NAMES, "[]", "[guestbook-redis]",
            "The packages of the same build that are installed with it, beside those that it depends on.");
    public static final Key<List<String>> PACKAGES = key("packages", TEXTS, "[]", "[postgresql, nginx]",
            "The apt packages that init installs on the targets.");
    public static final Key<Boolean> INSTALL_RECOMMENDS = key("install_recommends", FLAG, "false", "true",
            "Whether recommended packages are installed with the needed ones.");
    public static final Key<List<String>> SERVICES = key("services", TEXTS, null, "[guestbook.service]",
            "The units that must run after a deploy; without it, those that the package brings.");
    public static final Key<Integer> KEEP_RELEASES = key("keep_releases", number(1, 100), "5", "10",
            "How many releases stay on a target to go back to.");
    public static final Key<RollbackMode> ROLLBACK = key("rollback", choice(RollbackMode.class), "package",
            "snapshot", "What a deploy that fails goes back to: the package before, or a snapshot of the container.");
    public static final Key<List<CountOrPercent>> BATCH = key("batch", SHARES, "100%", "[1, 30%, 100%]",
            "How many targets a deploy changes at once, batch by batch; the last size goes on to the end.");
    public static final Key<Canary> CANARY = key("canary", ValueTypes.CANARY, null, "30s",
            "What comes after the first batch: a pause in which it is watched, or ask.");
    public static final Key<FailureMode> ON_FAILURE = key("on_failure", choice(FailureMode.class), "rollback_all",
            "continue", "What becomes of the targets that did not fail: rollback_all, stop or continue.");
    public static final Key<CountOrPercent> MAX_FAILURES = key("max_failures", share(0), "10%", "2",
            "How many targets may fail before on_failure: continue stops.");
    public static final Key<List<Hook>> BEFORE_HOST = key("before_host", HOOKS, null,
            "{at: lb.example.com, run: 'echo \"set server app/$1 state drain\" | socat - /run/haproxy.sock'}",
            "The commands before a target changes, such as to take it out of a load balancer.");
    public static final Key<List<Hook>> AFTER_HOST = key("after_host", HOOKS, null,
            "{at: lb.example.com, run: 'echo \"set server app/$1 state ready\" | socat - /run/haproxy.sock'}",
            "The commands after a target changed and is healthy, or went back.");

    public static final Key<InstallFrom> INSTALL_FROM = key("install_from", choice(InstallFrom.class), "push",
            "repository", "How a package comes to the targets: push from here, or pulled by them from the repository.");
    public static final Key<Host> REPOSITORY_HOST = key("repository_host", HOST, null, "deploy@apt.example.com",
            "The host that holds the apt repository, reached over SSH; without it, this machine.");
    public static final Key<String> REPOSITORY_LXC = key("repository_lxc", CONTAINER, null, "guestbook-apt",
            "The LXC container that holds the repository, on repository_host or this machine; "
                    + "made when it is missing.");
    public static final Key<String> REPOSITORY_PATH = key("repository_path", PLAIN_FOLDER, "/srv/apt",
            "/srv/apt/guestbook", "The folder of the repository there.");
    public static final Key<String> REPOSITORY_SUITE = key("repository_suite", WORD, null, "stable",
            "The suite that deb-publish fills and the targets pull from; without it, the environment's name.");
    public static final Key<String> REPOSITORY_URL = key("repository_url", PLAIN_URL, null, "http://apt.example.com",
            "The repository as seen from the targets: itself, a mirror or a cache.");

    public static final Key<String> REMOTE_PATH = key("remote_path", TARGET_PATH, null, "/srv/guestbook",
            "The folder of the application on the target; without it, /usr/share/ and the package's name.");
    public static final Key<String> APP_USER = key("app_user", USER, "www-data", "guestbook",
            "The user that the application runs as.");
    public static final Key<Map<String, String>> APP_ENV = key("app_env", VARIABLES, null,
            "{DJANGO_SETTINGS_MODULE: guestbook.settings}",
            "The environment variables of the application's management commands and tests.");
    public static final Key<String> MANAGE = key("manage", TEXT, null, "guestbook-manage",
            "The command line of the application's management tool; without it, python3 manage.py.");
    public static final Key<String> DB_MIGRATE = key("db_migrate", TEXT, null, "guestbook-manage migrate",
            "The command that migrates the database; without it, migrate of manage.");
    public static final Key<String> DB_MIGRATE_PENDING = key("db_migrate_pending", TEXT, null,
            "guestbook-manage pending",
            "The command that prints a line for each pending migration; without it, showmigrations of manage.");
    public static final Key<Path> PATCHES = key("patches", PATH, null, "patches",
            "The folder of SQL files that the database gets once each, in order of name.");
    public static final Key<List<String>> FIXTURES = key("fixtures", list(FIXTURE), "[]",
            "[fixtures/cities.json, fixtures/roles.sql, permissions]",
            "The data that the database gets once each, after its migrations: files, or labels of Django fixtures.");
    public static final Key<Boolean> DUMP_BEFORE_MIGRATE = key("dump_before_migrate", FLAG, null, "false",
            "Whether the database is dumped before it is migrated; without it, where it is protected.");

    public static final Key<String> DB_NAME = key("db_name", TEXT, null, "guestbook", "The database.");
    public static final Key<String> DB_USER = key("db_user", TEXT, null, "guestbook",
            "The owner of the database.");
    public static final Key<String> DB_HOST = key("db_host", TEXT, null, "db.example.com",
            "The database server, seen from the targets; without it, the target itself.");
    public static final Key<Integer> DB_PORT = key("db_port", number(1, 65535), null, "5432",
            "The port of the database server.");
    public static final Key<String> DB_SERVICE = key("db_service", TEXT, null, "live",
            "The service of pg_service.conf on the targets that names the server; db_host, db_port and dba go before.");
    public static final Key<String> DB_SSLMODE = key("db_sslmode", SSLMODE, null, "verify-full",
            "How TLS protects the connection to the server, as psql's sslmode.");
    public static final Key<String> DB_SSLROOTCERT = key("db_sslrootcert", TEXT, null, "/etc/ssl/certs/db-ca.pem",
            "The certificates of authorities on the targets that may vouch for the server, as psql's sslrootcert.");
    public static final Key<Secret> DB_PASSWORD = key("db_password", SECRET, null, "${env:DB_PASSWORD}",
            "The password of db_user.");
    public static final Key<String> DBA = key("dba", TEXT, "postgres", "postgres",
            "The user who may create databases.");
    public static final Key<Secret> DBA_PASSWORD = key("dba_password", SECRET, null, "${env:DBA_PASSWORD}",
            "The password of dba, where db_host is another machine.");
    public static final Key<Path> DUMP_DIR = key("dump_dir", PATH, "dumps", "backups",
            "The folder where database dumps lie, readable by nobody else.");
    public static final Key<Integer> KEEP_DUMPS = key("keep_dumps", number(1, 1000), "2", "7",
            "How many dumps of the environment's database stay there.");
    public static final Key<String> CLONE_FROM = key("clone_from", WORD, null, "production",
            "The environment that db-clone and data-refresh take from.");
    public static final Key<List<String>> NEVER_FROM = key("never_from", list(WORD), "[]", "[production]",
            "The environments whose data must never come here.");
    public static final Key<List<String>> NEVER_TO = key("never_to", list(WORD), "[]", "[demo]",
            "The environments that data from here must never go to.");
    public static final Key<ColumnRules> ANONYMISE = key("anonymise", COLUMN_RULES, null,
            "{auth_user.email: email, auth_user.password: fixed !, django_session: drop, city.name: keep}",
            "What becomes of the personal data in a cloned database, column by column, or off.");
    public static final Key<List<RuleSet>> ANONYMISE_SETS = key("anonymise_sets", list(choice(RuleSet.class)), "[]",
            "[django, allauth]", "Ready rules for the tables of well-known applications; those of anonymise win.");
    public static final Key<List<String>> AFTER_CLONE = key("after_clone", TEXTS, "[]",
            "[\"update auth_user set is_staff = false\"]",
            "The SQL that a cloned database gets before anybody sees it.");
    public static final Key<String> SITE_DOMAIN = key("site_domain", SITE, null, "staging.example.com",
            "The host name that Django's sites table gets in a cloned database.");

    public static final Key<List<String>> MEDIA = key("media", list(TARGET_FOLDER), null,
            "[/var/lib/guestbook/media]", "The folders of uploaded files on the target.");
    public static final Key<List<String>> MEDIA_EXCLUDE = key("media_exclude", list(PATTERN), "[]",
            "[/cache/, \"*.tmp\"]", "What data-refresh leaves alone there, as patterns of rsync.");
    public static final Key<String> MEDIA_OWNER = key("media_owner", OWNER, null, "guestbook:www-data",
            "Whose the files are, as USER or USER:GROUP; without it, app_user's.");
    public static final Key<Integer> MEDIA_LIMIT = key("media_limit", number(1, 10_000_000), null, "2000",
            "How many KB a second data-refresh may take.");

    public static final Key<WebServer> WEB_SERVER = key("web_server", choice(WebServer.class), "nginx",
            "apache", "The web server in front of the application: nginx, apache, caddy or none.");
    public static final Key<List<Hook>> WEB_HOOK = key("web_hook", HOOKS, null,
            "{at: front.example.com, run: './site \"$@\"'}",
            "What opens and closes a site whose web_server is none: told maintenance, live or status in $1.");
    public static final Key<List<String>> WEB_RESTART = key("web_restart", TEXTS, null,
            "[guestbook.service, nginx.service]", "The units that web-restart restarts.");
    public static final Key<Path> MAINTENANCE_PAGE = key("maintenance_page", PATH, null, "web/maintenance/page.html",
            "The page that visitors see during maintenance, with {{site}} and {{message}} filled in.");
    public static final Key<List<String>> MAINTENANCE_ALLOW = key("maintenance_allow", list(NETWORK), null,
            "[192.0.2.7, 10.0.0.0/8]", "The addresses that see the site during maintenance.");
    public static final Key<List<String>> MAINTENANCE_OPEN = key("maintenance_open", TEXTS, null,
            "[admin.example.com]",
            "The server blocks that stay open during maintenance, by a name or a file of theirs.");
    public static final Key<Integer> MAINTENANCE_RETRY_AFTER = key("maintenance_retry_after", number(1, DAY),
            "120", "600", "After how many seconds visitors are asked to come back.");
    public static final Key<String> SITE_NAME = key("site_name", SITE, null, "guestbook.example.com",
            "The host name that visitors use.");
    public static final Key<String> URL = key("url", ValueTypes.URL, null, "https://guestbook.example.com",
            "The site as seen from here; without it, the address of the target.");

    public static final Key<List<Check>> CHECKS = key("checks", list(CHECK), null,
            "[{url: /about/, status: 200, contains: guestbook}]",
            "What test asks the site, and what it must answer.");
    public static final Key<Check> HEALTH = key("health", CHECK, null, "/health/",
            "The check that decides whether a deploy stays.");
    public static final Key<Integer> HEALTH_TIMEOUT = key("health_timeout", number(1, DAY), "60", "120",
            "How many seconds the site has to become healthy.");
    public static final Key<List<String>> TESTS = key("tests", TEXTS, null,
            "[guestbook-manage check --deploy]", "The commands on the target that test runs.");

    public static final Key<Boolean> PROTECTED = key("protected", FLAG, "false", "true",
            "Whether a deploy and what loses something here asks or takes --yes, and a derived deploy is in maintenance.");
    public static final Key<List<SequenceStep>> DEPLOY = key("deploy", new SequenceType(), null,
            "[deb-build, web-mode maintenance, deb-deploy, {run: systemctl reload nginx}, web-mode live]",
            "The steps of a deploy; without it, they are derived from the other keys.");
    public static final Key<Map<String, String>> VARS = key("vars", ValueTypes.VARS, null, "{colour: green}",
            "The project's own variables, for ${vars.NAME} in other texts.");

    private Key(String name, ValueType<T> kind, String fallback, String example, String description) {
        super(name, kind, fallback, example, description);
    }

    private static <T> Key<T> key(String name, ValueType<T> kind, String fallback, String example, String what) {
        var key = new Key<>(name, kind, fallback, example, what);
        KEYS.put(name, key);
        return key;
    }

    public static List<Key<?>> all() {
        return List.copyOf(KEYS.values());
    }

    /** Null when there is none. */
    static Key<?> named(String name) {
        return KEYS.get(name);
    }
}
