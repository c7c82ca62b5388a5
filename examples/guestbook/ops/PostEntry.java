import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Posts an entry to a guestbook as a browser would, unless it stands there already, and reads it back. */
class PostEntry {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"");

    public static void main(String... args) throws Exception {
        var site = URI.create(args[0]);
        var author = args[1];
        var message = args[2];
        var client = HttpClient.newBuilder().cookieHandler(new CookieManager())
                .connectTimeout(Duration.ofSeconds(10)).build();
        var page = client.send(HttpRequest.newBuilder(site).build(), BodyHandlers.ofString()).body();
        if (page.contains(message)) {
            System.out.println("the entry stands there already: " + message);
            return;
        }
        var token = TOKEN.matcher(page);
        if (!token.find()) {
            throw new IllegalStateException("the page at " + site + " has no form to post an entry");
        }
        var form = "csrfmiddlewaretoken=" + encoded(token.group(1)) + "&author=" + encoded(author)
                + "&message=" + encoded(message);
        client.send(HttpRequest.newBuilder(site).header("Content-Type", "application/x-www-form-urlencoded")
                .header("Referer", site.toString())
                .POST(HttpRequest.BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
        if (!client.send(HttpRequest.newBuilder(site).build(), BodyHandlers.ofString()).body().contains(message)) {
            throw new IllegalStateException("the entry was posted, and does not stand on the page");
        }
        System.out.println("posted an entry and read it back: " + message);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
