package dragonfab.files;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies that the environment names in HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as curl knows them. */
public final class HttpProxies extends ProxySelector {
    private static final int PROXY_PORT = 1080;

    private final Optional<URI> http;
    private final Optional<URI> https;
    private final List<String> none;

    private HttpProxies(Optional<URI> http, Optional<URI> https, List<String> none) {
        this.http = http;
        this.https = https;
        this.none = none;
    }

    static HttpProxies of(Map<String, String> variables) {
        return new HttpProxies(proxy(variables, "http_proxy"), proxy(variables, "https_proxy"),
                Stream.of(value(variables, "no_proxy").split("[,\\s]+")).filter(word -> !word.isEmpty())
                        .map(word -> word.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "")).toList());
    }

    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, variables.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
    }

    private static Optional<URI> proxy(Map<String, String> variables, String name) {
        var written = value(variables, name).strip();
        try {
            return Optional.of(written).filter(text -> !text.isEmpty())
                    .map(text -> URI.create(text.contains("://") ? text : "http://" + text))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    HttpClient client() {
        // Without that, Java gives no login to a proxy that tunnels, whatever it asks for.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
        var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).proxy(this);
        if (Stream.of(http, https).flatMap(Optional::stream).anyMatch(uri -> uri.getRawUserInfo() != null)) {
            client.authenticator(new Login());
        }
        return client.build();
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return List.of(proxy.filter(any -> !direct(uri)).map(HttpProxies::address).orElse(Proxy.NO_PROXY));
    }

    private static Proxy address(URI proxy) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(),
                proxy.getPort() > 0 ? proxy.getPort() : PROXY_PORT));
    }

    private boolean direct(URI uri) {
        var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return none.stream().anyMatch(word -> word.equals("*") || host.equals(word) || host.endsWith("." + word)
                || word.equals(host + ":" + uri.getPort()));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException why) {
        // Whoever asked hears it too.
    }

    /** Given to a proxy alone: a server that asks for a login gets that of its own address, or none. */
    private final class Login extends Authenticator {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            return Stream.of(https, http).flatMap(Optional::stream).filter(uri -> uri.getRawUserInfo() != null
                    && uri.getHost().equalsIgnoreCase(getRequestingHost())).findFirst().map(uri -> {
                        var login = uri.getRawUserInfo().split(":", 2);
                        return new PasswordAuthentication(decoded(login[0]),
                                decoded(login.length < 2 ? "" : login[1]).toCharArray());
                    }).orElse(null);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
