package dragonfab.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dragonfab.report.Failure;
import dragonfab.shell.Input;
import dragonfab.shell.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a build container is told of this machine's network, and what of it is secret. */
class NetworkSettingsTest {
    private static final String BUNDLES = """
            PIP_CERT=/etc/ssl/certs/ca-certificates.crt
            SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
            REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
            NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
            """;

    @Test
    void pipGetsItsLoginsInAFile() {
        var settings = NetworkSettings.of(Map.of("PIP_EXTRA_INDEX_URL",
                "https://a:one@a.test/simple https://b.test/simple\nhttps://c:t%40o@c.test/simple"), Map.of(),
                List.of());

        assertEquals("""
                login=machine a.test login a password one
                login=machine c.test login c password t@o
                PIP_EXTRA_INDEX_URL=https://a.test/simple https://b.test/simple https://c.test/simple
                """ + BUNDLES, text(settings));
        assertEquals(List.of("one", "t@o"), settings.passwords().stream().map(Secret::reveal).toList());
    }

    @Test
    void aVariableCountsMoreThanAFileAndOthersAreNotForABuild() {
        var settings = NetworkSettings.of(
                Map.of("PIP_INDEX_URL", "https://new.test/", "PIP_FIND_LINKS", "/opt", "UV_CACHE_DIR", "/c",
                        "https_proxy", "http://u:pw@proxy.test:3128", "NO_PROXY", ".test", "UV_INDEX_SHOP_PASSWORD",
                        "x y"),
                Map.of("PIP_INDEX_URL", "https://old.test/", "PIP_TRUSTED_HOST", "old.test"),
                List.of("Acquire::http::Proxy \"http://u:apt@proxy.test:3142\";",
                        "Acquire::http::Proxy::a.test \"DIRECT\";",
                        "Acquire::http::Proxy-Auto-Detect \"/bin/x\";", "APT::Update::Post-Invoke \"rm\";"));

        assertEquals("""
                NO_PROXY=.test
                PIP_INDEX_URL=https://new.test/
                PIP_TRUSTED_HOST=old.test
                UV_INDEX_SHOP_PASSWORD=x y
                https_proxy=http://u:pw@proxy.test:3128
                """ + BUNDLES + """
                apt=Acquire::http::Proxy "http://u:apt@proxy.test:3142";
                apt=Acquire::http::Proxy::a.test "DIRECT";
                """, text(settings));
        assertEquals(List.of("x y", "pw", "apt"), settings.passwords().stream().map(Secret::reveal).toList());
    }

    @Test
    void aLoginThatNoFileCanHoldIsRefused() {
        var variables = Map.of("PIP_INDEX_URL", "https://a:b%20c@a.test/");

        assertEquals("no blank may stand in its login", assertThrows(Failure.class,
                () -> NetworkSettings.of(variables, Map.of(), List.of())).getMessage());
    }

    @Test
    void pipConfIsReadAsPipDoes() {
        assertEquals(Map.of("PIP_INDEX_URL", "https://a.test/simple", "PIP_EXTRA_INDEX_URL",
                "https://b.test/ https://c.test/"),
                PipConfig.of(List.of("# ours", "[global]",
                        "index_url = https://a.test/simple", "timeout: 60", "extra-index-url =", "    https://b.test/",
                        "    https://c.test/", "[install]", "index-url = https://d.test/")));
    }

    private static String text(NetworkSettings settings) {
        return ((Input.Words) settings.input()).text();
    }
}
