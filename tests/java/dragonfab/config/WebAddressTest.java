package dragonfab.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({"http://shop_stage.example.test, shop_stage.example.test, 80",
        "https://shop.example.test/a:b@c, shop.example.test, 443",
        "http://[fe80::1%25lxcbr0]:8080/, [fe80::1%25lxcbr0], 8080",
        "HTTPS://ann:x@shop.test:444?a=/b, shop.test, 444", "http://b\u00fccher.example/, xn--bcher-kva.example, 80"})
    void hasItsParts(String text, String host, int port) {
        assertEquals(host, WebAddress.of(text).host());
        assertEquals(port, WebAddress.of(text).anyPort());
    }

    @Test
    void isWrittenAsItWasRead() {
        assertEquals("http://ann:x@xn--bcher-kva.example:81/a?b#c",
                WebAddress.of("http://ann:x@b\u00fccher.example:81/a?b#c")
                        .toString());
    }

    @Test
    void anAddressOfAMachineIsOneOfASite() {
        assertEquals("http://[fe80::1%25lxcbr0]", WebAddress.ofHost("fe80::1%lxcbr0").toString());
        assertEquals("http://10.0.3.7", WebAddress.ofHost("10.0.3.7").toString());
        assertEquals("http://shop_1", WebAddress.ofHost("shop_1").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.example.test", "http://", "http:///a", "http://a:b:c/", "http://[::1", "http://a:port/"})
    void anythingElseIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> WebAddress.of(text));
    }
}
