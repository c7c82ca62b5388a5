package dragonfab.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A steady, bounded stream of requests to one address; each is counted by what it got, the last ones too. */
public final class Load implements AutoCloseable {
    private static final int PER_SECOND = 80;
    private static final int THREADS = 8;

    private final HttpClient visitor = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest request;
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);

    public Load(String address) {
        request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30)).build();
        for (int i = 0; i < THREADS; i++) {
            threads.scheduleWithFixedDelay(this::visit, i, THREADS * 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
        }
    }

    private void visit() {
        counts.merge(got(), 1, Integer::sum);
    }

    private String got() {
        try {
            return asked();
        } catch (IOException failed) {
            return failed.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted here";
        }
    }

    /** A server that reloads closes idle connections, and a browser that meets this asks once more. */
    private String asked() throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = visitor.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException closed) {
            if (!String.valueOf(closed.getMessage()).contains("received no bytes")) {
                throw closed;
            }
            answer = visitor.send(request, HttpResponse.BodyHandlers.ofString());
        }
        return answer.statusCode() + " " + answer.body().lines().findFirst().orElse("");
    }

    /** What they got, and how often. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(35, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
