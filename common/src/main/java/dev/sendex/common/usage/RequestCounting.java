package dev.sendex.common.usage;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.network.client.ClientAddress;
import dev.sendex.common.problem.ProblemWriter;
import dev.sendex.common.runtime.PathTemplate;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Counts every request with a valid key, including those that were refused for the key's
/// permissions or restrictions. It runs after the response, so it causes no delay.
@ApplicationScoped
class RequestCounting {

    private static final int AFTER_REQUEST_ID = 9_500;
    private static final String OBSERVED = RequestCounting.class.getName();

    private final UsageCounts counts;
    private final UsagePublisher publisher;
    private final ClientAddress addresses;

    /// Bounded by the number of endpoints.
    private final ConcurrentMap<String, ConcurrentMap<HttpMethod, String>> names =
            new ConcurrentHashMap<>();

    RequestCounting(UsageCounts counts, UsagePublisher publisher, ClientAddress addresses) {
        this.counts = counts;
        this.publisher = publisher;
        this.addresses = addresses;
    }

    void register(@Observes Filters filters) {
        filters.register(this::observe, AFTER_REQUEST_ID);
    }

    private void observe(RoutingContext request) {
        if (request.get(OBSERVED) == null) { // filters run again after a reroute
            request.put(OBSERVED, true);
            request.addEndHandler(_ -> count(request));
        }
        request.next();
    }

    private void count(RoutingContext request) {
        KeyGrant key = CountedKey.of(request);
        if (key == null) {
            return;
        }
        boolean isFull =
                counts.count(
                        key,
                        endpoint(request),
                        outcome(request.response()),
                        ProblemWriter.problemOf(request),
                        address(request));
        if (isFull) {
            publisher.wake();
        }
    }

    private static Outcome outcome(HttpServerResponse response) {
        return response.headWritten() ? Outcome.ofStatus(response.getStatusCode()) : Outcome.FAILED;
    }

    private String endpoint(RoutingContext request) {
        String template = PathTemplate.of(request);
        if (template == null) {
            return UsageCounts.OTHER;
        }
        HttpMethod method = request.request().method();
        ConcurrentMap<HttpMethod, String> ofTemplate = names.get(template);
        String name = ofTemplate == null ? null : ofTemplate.get(method);
        return name == null ? name(template, method) : name;
    }

    private String name(String template, HttpMethod method) {
        return names.computeIfAbsent(template, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(method, _ -> method.name() + " " + template);
    }

    private @Nullable InetAddress address(RoutingContext request) {
        return request.request().remoteAddress() == null ? null : addresses.of(request.request());
    }
}
