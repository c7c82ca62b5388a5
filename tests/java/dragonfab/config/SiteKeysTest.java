package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a site. */
class SiteKeysTest {
    @TempDir
    Path folder;

    private Environment staging(String keys) throws IOException {
        var file = folder.resolve("environments.yml");
        Files.writeString(file, "environments: {staging: {hosts: app.test, " + keys + "}}\n");
        return Environments.load(file).environment("staging", Map.of());
    }

    @Test
    void whatNamesAnApplicationIsASite() throws IOException {
        var site = staging("software: shop, app: 'wsgi:shop.web:make()'");

        assertTrue(site.isSite());
        assertEquals(Optional.of("shop-site-main"), site.application());
        assertEquals(new PythonApp(PythonApp.Interface.WSGI, "shop.web:make()"), site.get(Key.APP));
        assertEquals("shop-berlin", SiteName.of(staging("software: shop, app: django, variant: berlin")
                .application("a test")).user());
    }

    @Test
    void whatDoesNotIsAPackage() throws IOException {
        assertTrue(staging("package_name: shop").isPackaged());
        assertTrue(staging("package_name: shop, app: django, kind: deb").isPackaged());
    }

    @Test
    void workersAreCommandsOrMappings() throws IOException {
        var workers = staging("workers: {mail: celery worker, beat: {command: celery beat, once: true},"
                + " more: {command: x, count: 3}}").get(Key.WORKERS);

        assertEquals(Map.of("mail", new Worker("celery worker", 1, false), "beat", new Worker("celery beat", 1, true),
                "more", new Worker("x", 3, false)), workers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app: flask                                  | app: should be django, wsgi:MODULE:NAME or asgi:MODULE:NAME
            app: 'wsgi:shop'                            | app: should be django, wsgi:MODULE:NAME or asgi:MODULE:NAME
            software: a-site-b                          | software: should be a short name
            variant: b-c                                | variant: should be a short word
            workers: {Mail: x}                          | workers.Mail: is no name
            workers: {mail: {count: 2}}                 | workers.mail: needs command
            workers: {mail: {command: x, count: 0}}     | workers.mail.count: should be a number from 1 to 64
            workers: {mail: {command: x, count: 2, once: true}} | workers.mail: once is one, so it has no count
            workers: {mail: {command: x, roles: y}}     | roles
            migrate: sometimes                          | migrate: should be off or compatible or maintenance
            """)
    void whatIsNoneOfThemIsRefused(String keys, String said) {
        var refused = Written.refused(() -> {
            try {
                staging(keys);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertTrue(refused.contains(said), refused);
    }
}
