package dragonfab.files;

import dragonfab.report.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Saves what a web server has, through the proxy of the environment, and never waits without an end.
 *
 * @param silence how long nothing may come
 * @param whole   how long all of it may take
 */
public record HttpDownload(HttpProxies proxies, Duration silence, Duration whole) {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final long STEP = 100;
    /** Java's client does not tell the words that come with a status, and HTTP/2 has none. */
    private static final Map<Integer, String> WORDS = Map.ofEntries(Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"), Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"),
            Map.entry(407, "Proxy Authentication Required"), Map.entry(410, "Gone"),
            Map.entry(429, "Too Many Requests"), Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    public static HttpDownload of(Map<String, String> variables) {
        return new HttpDownload(HttpProxies.of(variables), Duration.ofSeconds(60), Duration.ofHours(2));
    }

    public HttpDownload within(Duration silence, Duration whole) {
        return new HttpDownload(proxies, silence, whole);
    }

    /** @return its SHA-256 */
    String save(WebFile file, Path to, String wanted) {
        var started = System.nanoTime();
        var client = proxies.client();
        var at = file.uri();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request = HttpRequest.newBuilder(at).GET();
            if (sameServer(at, file.uri())) {
                file.authorization().ifPresent(login -> request.header("Authorization", login));
            }
            var response = answer(client, request.build(), to, started, file, wanted);
            if (response.statusCode() == 200) {
                return response.body();
            }
            at = redirect(response, at, file, wanted);
        }
        throw failed(file, wanted, "leads to more than " + MOST_REDIRECTS + " other addresses");
    }

    /** A login is for the server that it was written for, and for no other that this one names. */
    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }

    private static URI redirect(HttpResponse<String> response, URI from, WebFile file, String wanted) {
        var status = response.statusCode();
        var location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(status) || location.isEmpty()) {
            throw failed(file, wanted, "answered " + (status + " " + WORDS.getOrDefault(status, "")).strip());
        }
        try {
            var to = from.resolve(location.get());
            if (!"https".equalsIgnoreCase(to.getScheme()) && !("http".equalsIgnoreCase(to.getScheme())
                    && "http".equalsIgnoreCase(from.getScheme())) || to.getRawAuthority() == null) {
                throw failed(file, wanted, "leads from " + from.getScheme() + " to " + to.getScheme()
                        + ", which is not followed");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw failed(file, wanted, "leads to what is no address");
        }
    }

    private HttpResponse<String> answer(HttpClient client, HttpRequest request, Path to, long started, WebFile file,
            String wanted) {
        var body = new SavedBody(to);
        CompletableFuture<HttpResponse<String>> answer;
        try {
            answer = client.sendAsync(request, info -> info.statusCode() == 200 ? body : BodySubscribers.replacing(""));
        } catch (IllegalArgumentException e) {
            throw failed(file, wanted, "is no address that can be asked");
        }
        try {
            while (true) {
                try {
                    return answer.get(STEP, TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillComing) {
                    requireTime(body.silent(), silence, "sent nothing for ", file, wanted);
                    requireTime(Duration.ofNanos(System.nanoTime() - started), whole, "was not here after ", file,
                            wanted);
                }
            }
        } catch (ExecutionException e) {
            throw failed(file, wanted, words(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(file, wanted, "was interrupted");
        } finally {
            answer.cancel(true);
            body.end();
        }
    }

    private static void requireTime(Duration passed, Duration limit, String what, WebFile file, String wanted) {
        if (passed.compareTo(limit) > 0) {
            throw failed(file, wanted, what + Math.max(1, limit.toSeconds()) + " s");
        }
    }

    private static String words(Throwable why) {
        for (var each = why; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return "cannot be reached: no such host";
            }
            if (each instanceof SSLException) {
                return "has no TLS that this Java trusts: " + each.getMessage();
            }
            if (each instanceof SavedBody.NotWritten) {
                return "cannot be written here: " + each.getMessage();
            }
        }
        return why instanceof java.net.ConnectException ? "cannot be reached"
                : why instanceof IOException && why.getMessage() != null ? "was cut off: " + why.getMessage()
                : "was cut off";
    }

    private static Failure failed(WebFile file, String wanted, String what) {
        return Failure.failed("environments.yml", wanted + ": " + file + " " + what);
    }
}
