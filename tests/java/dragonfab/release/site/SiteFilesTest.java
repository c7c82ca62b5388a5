package dragonfab.release.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.config.Environment;
import dragonfab.config.Environments;
import dragonfab.config.SiteName;
import dragonfab.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site is made of: each file is whole, and nothing of the templates is left in it. */
class SiteFilesTest {
    private static final SiteName SHOP = new SiteName("shop", "main");

    @TempDir
    Path folder;

    private Environment environment(String more) throws IOException {
        var file = folder.resolve("environments.yml");
        Files.writeString(file, "environments: {staging: {software: shop, " + (more.contains("hosts") ? ""
                : "hosts: app.test, ") + more + "}}\n");
        return Environments.load(file).environment("staging", Map.of());
    }

    private SiteFiles files(String more, Optional<String> settings) throws IOException {
        return new SiteFiles(SHOP, environment(more), "aa11", "bb22", settings, "", List.of(""), true, "c0ffee");
    }

    private static String content(SiteFiles files, String path) {
        return files.of("1.2").stream().filter(file -> file.path().equals(path)).findFirst().orElseThrow().content();
    }

    @Test
    void noMarkOfATemplateIsLeft() throws IOException {
        var files = files("app: django, workers: {mail: celery worker}", Optional.of("shop.settings"));

        for (var file : files.of("1.2")) {
            assertFalse(file.content().matches("(?s).*@[A-Z]+@.*|.*@include.*"), file.path() + "\n" + file.content());
        }
    }

    @Test
    void theEnvironmentAndSourcesAreTheVeryOnes() throws IOException {
        var files = files("app: django", Optional.of("shop.settings"));

        assertEquals("/usr/lib/shop-env/aa11", content(files, "release/env"));
        assertEquals("/usr/lib/shop-src/bb22", content(files, "release/src"));
        assertTrue(content(files, "DEBIAN/control").contains("Depends: shop-env-aa11 (= 1), shop-src-bb22 (= 1), "));
        assertTrue(content(files, "DEBIAN/control").contains(", postgresql"));
    }

    @Test
    void workersAreUnitsAndWhatIsOnceIsNamed() throws IOException {
        var files = files("app: 'wsgi:shop:app', workers: {mail: {command: 'celery worker -n 50%$x', count: 2},"
                + " beat: {command: celery beat, once: true}}", Optional.empty());

        assertTrue(content(files, "release/units/shop-main-mail-2@1.2.service")
                .contains("/bin/run celery worker -n 50%%$$x\n"));
        assertEquals("shop-main-beat@1.2.service\n", content(files, "release/once"));
    }

    @Test
    void aServerSpeaksAsTheApplicationDoes() throws IOException {
        var unit = "release/units/shop-main@1.2.service";

        assertTrue(content(files("app: 'wsgi:shop:app', web_workers: 4", Optional.empty()), unit)
                .contains("-m gunicorn --workers 4 "));
        assertTrue(content(files("app: 'asgi:shop:app'", Optional.empty()), unit).contains("-m uvicorn --fd 3 "));
        assertTrue(content(files("app: django", Optional.of("s")), unit).contains(" deployed_wsgi:application"));
    }

    @Test
    void aNameIsServedByThatNameAndWithoutOneAllAre() throws IOException {
        assertTrue(content(files("app: django, site_name: 'shop.example.com:8080'", Optional.of("s")),
                "release/nginx.conf")
                .contains("    listen 80;\n    listen [::]:80;\n    server_name shop.example.com;\n"));
        assertTrue(content(files("app: django", Optional.of("s")), "release/nginx.conf")
                .contains("listen 80 default_server;"));
        assertTrue(files("app: django, web_server: none", Optional.of("s")).of("1.2").stream()
                .noneMatch(file -> file.path().equals("release/nginx.conf")));
    }

    @Test
    void severalHostsWithADatabaseEachAreRefused() throws IOException {
        var refused = assertThrows(Failure.class,
                () -> files("app: django, hosts: [a.test, b.test]", Optional.of("s")));

        assertTrue(refused.getMessage().contains("each of its 2 hosts would have a database of its own"),
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "target"})
    void itIsBuiltInAContainerAlone(String place) throws IOException {
        var environment = environment("app: django, build: " + place);

        assertTrue(assertThrows(Failure.class, () -> SitePackages.requireContainer(environment)).getMessage()
                .contains("a site is built in a container alone"));
        SitePackages.requireContainer(environment("app: django"));
    }

    @Test
    void theDatabaseOfAnotherMachineIsAnAddressAndOursIsNone() throws IOException {
        assertTrue(SiteDatabase.isOnHost(environment("app: django")));
        assertEquals(Map.of(), SiteDatabase.variables(environment("app: django, db_name: shop")));
        var elsewhere = environment("app: django, db_host: 'fd00::1', db_port: 5433, db_name: a shop, db_user: o'neill,"
                + " db_password: 'p/w:@ +%', db_sslmode: require, app_env: {MORE: x}");
        assertFalse(SiteDatabase.isOnHost(elsewhere));
        assertEquals(Map.of("MORE", "x", "DATABASE_URL",
                "postgresql://o%27neill:p%2Fw%3A%40%20%2B%25@[fd00::1]:5433/a%20shop?sslmode=require"),
                SiteDatabase.variables(elsewhere));
        var own = environment("app: django, app_env: {DATABASE_URL: 'postgresql:///mine'}");
        assertFalse(SiteDatabase.isOnHost(own));
        assertEquals("postgresql:///mine", SiteDatabase.variables(own).get("DATABASE_URL"));
    }

    @Test
    void anotherKeyIsAnotherSite() throws IOException {
        var one = files("app: django", Optional.of("s")).of("");
        var other = files("app: django, upload_size: 20m", Optional.of("s")).of("");

        assertFalse(one.equals(other));
    }
}
