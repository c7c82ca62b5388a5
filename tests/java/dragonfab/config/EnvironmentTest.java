package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.report.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    Path folder;

    @Test
    void textsStayWhatTheFileSays() {
        var staging = staging("""
                vars: {octal: 022, version: 1.10, truth: yes, day: 2026-01-02, time: 12:30:45, empty: ""}
                db_name: 1_000
                manage: |
                  first
                  second
                """);

        assertEquals("{octal=022, version=1.10, truth=yes, day=2026-01-02, time=12:30:45, empty=}",
                staging.vars().toString());
        assertEquals("1_000", staging.get(Key.DB_NAME));
        assertEquals("first\nsecond\n", staging.get(Key.MANAGE));
    }

    @Test
    void eachKindHasItsType() {
        var staging = staging("""
                lxc: guestbook
                lxc_clone: copy
                protected: true
                db_port: 5433
                web_server: apache
                build: target
                conffiles: new
                packages: [nginx, postgresql]
                maintenance_allow: [192.0.2.7, 10.0.0.0/8, "2001:db8::/32"]
                """);

        assertEquals(CloneMode.COPY, staging.get(Key.LXC_CLONE));
        assertTrue(staging.get(Key.PROTECTED));
        assertEquals(5433, staging.get(Key.DB_PORT));
        assertEquals(WebServer.APACHE, staging.get(Key.WEB_SERVER));
        assertEquals(BuildPlace.TARGET, staging.get(Key.BUILD));
        assertEquals(Conffiles.NEW, staging.get(Key.CONFFILES));
        assertEquals(List.of("nginx", "postgresql"), staging.get(Key.PACKAGES));
        assertEquals(List.of("192.0.2.7", "10.0.0.0/8", "2001:db8::/32"), staging.get(Key.MAINTENANCE_ALLOW));
    }

    @Test
    void pathsStartFromTheFolderOfTheFile() {
        var staging = staging("""
                debconf: conf/../debconf.dat
                identity_file: ~/.ssh/key
                maintenance_page: /srv/page.html
                """);

        assertEquals(folder.resolve("debconf.dat"), staging.get(Key.DEBCONF));
        assertEquals(Path.of(System.getProperty("user.home"), ".ssh/key"), staging.get(Key.IDENTITY_FILE));
        assertEquals(Path.of("/srv/page.html"), staging.get(Key.MAINTENANCE_PAGE));
        assertEquals(folder.resolve("dist"), staging.get(Key.PACKAGE_DIR));
        assertEquals(folder, staging.get(Key.DJANGO_PROJECT));
        assertEquals(folder, staging.folder());
    }

    @Test
    void whatIsNotSaidHasItsDefaultOrNone() {
        var empty = staging("dba: dba");
        var defaults = Key.all().stream().filter(key -> !empty.has(key) && empty.get(key) != null)
                .map(key -> key + "=" + empty.get(key)).collect(Collectors.joining("\n"));

        assertEquals("""
                parallel=32
                lxc_template=vanilla
                lxc_clone=SNAPSHOT
                lxc_unprivileged=false
                trust_local_ca=false
                connect_timeout=10
                transport=SSHJ
                variant=main
                env_packages=[]
                src_packages=[]
                web_workers=2
                upload_size=10m
                migrate=OFF
                package_dir=FOLDER/dist
                conffiles=KEEP
                relay=false
                build=AUTO
                wheel=false
                collectstatic=false
                django_project=FOLDER
                django_python=/usr/bin/python3
                companions=[]
                packages=[]
                install_recommends=false
                keep_releases=5
                rollback=PACKAGE
                batch=[100%]
                on_failure=ROLLBACK_ALL
                max_failures=10%
                install_from=PUSH
                repository_path=/srv/apt
                app_user=www-data
                fixtures=[]
                dump_dir=FOLDER/dumps
                keep_dumps=2
                never_from=[]
                never_to=[]
                anonymise_sets=[]
                after_clone=[]
                media_exclude=[]
                web_server=NGINX
                maintenance_retry_after=120
                health_timeout=60
                protected=false""".replace("FOLDER", folder.toString()), defaults);
        assertEquals(List.of(), empty.targets());
        assertEquals(Map.of(), empty.vars());
        assertNull(empty.get(Key.PACKAGE_NAME));
        assertEquals(Optional.empty(), empty.find(Key.PACKAGE_NAME));
        assertTrue(empty.has(Key.DBA));
    }

    @Test
    void aNeededKeyThatIsMissingIsToldWithWhoNeedsIt() {
        var staging = staging("dba: postgres");

        assertEquals("postgres", staging.require(Key.DBA, "db-clone"));
        assertEquals("""
                environments.yml: staging: package_name is needed by deb-build
                try: set package_name in environments.yml, as package_name: guestbook""",
                Written.refused(() -> staging.require(Key.PACKAGE_NAME, "deb-build")));
    }

    @Test
    void hostsMayBeOneAlone() {
        assertEquals(List.of(Host.parse("deploy@app1:22")), staging("hosts: deploy@app1:22").targets());
        assertEquals(List.of(), staging("hosts: []").targets());
    }

    @Test
    void mirrorsAreAddressesOrLinesOfSources() {
        var line = "deb [arch=amd64 signed-by=/etc/apt/keyrings/x.gpg] http://deb.example.com/x ./noble-x main extra/x";

        assertEquals(List.of("http://deb.example.com/debian"),
                staging("lxc_mirror: http://deb.example.com/debian").get(Key.LXC_MIRROR));
        assertEquals(List.of("https://deb.example.com", line),
                staging("lxc_mirror: [https://deb.example.com, \"" + line + "\"]").get(Key.LXC_MIRROR));
        for (var wrong : List.of("deb.example.com", "http://me:secret@deb.example.com", "deb http://deb.example.com",
                "deb [trusted=yes\\nx] http://deb.example.com x", "deb http://deb.example.com x $(id)")) {
            assertThrows(Failure.class, () -> staging("lxc_mirror: \"" + wrong + "\""), wrong);
        }
    }

    @Test
    void checksAreMappingsOrPaths() {
        var staging = staging("""
                site_name: guestbook.example.com
                health: /health/
                checks:
                  - {url: /a, contains: "v${version} of ${package_name}", status: 201}
                  - {url: "https://${site_name}/", from: local, host: other}
                package_name: guestbook
                """);

        assertEquals(new Check("/health/", 200, null, "guestbook.example.com", "target"),
                staging.get(Key.HEALTH));
        assertEquals(List.of(
                new Check("/a", 201, "v${version} of guestbook", "guestbook.example.com", "target"),
                new Check("https://guestbook.example.com/", 200, null, "other", "local")),
                staging.get(Key.CHECKS));
    }

    @Test
    void stepsAreScriptsCommandsAndScriptsOfTheProject() {
        var staging = staging("""
                package_name: guestbook
                deploy:
                  - init
                  - web-mode maintenance --text 'back soon'
                  - {run: "systemctl restart ${package_name}; echo $${HOME}"}
                  - {local: make it so}
                  - {script: ./ops/x.java --all "two words"}
                """);

        assertEquals(List.of(
                new SequenceStep.Ours(ScriptName.INIT, List.of()),
                new SequenceStep.Ours(ScriptName.WEB_MODE, List.of("maintenance", "--text", "back soon")),
                new SequenceStep.OnTargets("systemctl restart guestbook; echo ${HOME}"),
                new SequenceStep.Local("make it so"),
                new SequenceStep.Own(folder.resolve("ops/x.java"), List.of("--all", "two words"))),
                staging.get(Key.DEPLOY));
        assertEquals("""
                init
                web-mode maintenance --text 'back soon'
                run: systemctl restart guestbook; echo ${HOME}
                local: make it so
                script: FOLDER/ops/x.java --all 'two words'""".replace("FOLDER", folder.toString()),
                staging.get(Key.DEPLOY).stream().map(SequenceStep::shown).collect(Collectors.joining("\n")));
    }

    @Test
    void nothingInItCanBeChanged() {
        var staging = staging("{vars: {a: b}, hosts: [a], packages: [c]}");

        assertThrows(UnsupportedOperationException.class, () -> staging.vars().put("x", "y"));
        assertThrows(UnsupportedOperationException.class, () -> staging.targets().clear());
        assertThrows(UnsupportedOperationException.class, () -> staging.get(Key.PACKAGES).add("x"));
    }

    @Test
    void isShownAsRowsWithTheirSources() {
        var staging = new Written(folder).load("""
                environments:
                  __all__:
                    package_name: guestbook
                    url: https://${site_name}/
                  staging:
                    hosts: [deploy@app1, app2:22]
                    site_name: ${package_name}.example.com
                    db_password: hunter2
                    wheelserver: run --token ${env:TOKEN} --password ${db_password}
                    health: {url: /up, status: 204}
                    deploy: [init, {run: ls}]
                    vars: {a: b, copy: see hunter2}
                """).environment("staging", Map.of("connect_timeout", "20"));

        var shown = staging.shown().stream().filter(row -> !row.get("source").equals("default"))
                .map(row -> String.join(" | ", row.values())).collect(Collectors.joining("\n"));

        assertEquals("""
                hosts | deploy@app1, app2:22 | environments.yml:6
                connect_timeout | 20 | --set
                package_name | guestbook | environments.yml:3
                wheelserver | run --token ${env:TOKEN} --password ${db_password} | environments.yml:9
                db_password | *** | environments.yml:8
                site_name | guestbook.example.com | environments.yml:7
                url | https://guestbook.example.com/ | environments.yml:4
                health | url: /up, status: 204 | environments.yml:10
                deploy | init, run: ls | environments.yml:11
                vars.a | b | environments.yml:12
                vars.copy | see *** | environments.yml:12""", shown);
        assertFalse(staging.shown().toString().contains("hunter2"));
        assertEquals("staging", staging.toString());
    }

    private Environment staging(String keys) {
        return new Written(folder).staging(keys);
    }
}
