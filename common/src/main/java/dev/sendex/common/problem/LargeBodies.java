package dev.sendex.common.problem;

import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.runtime.ContentLength;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Limits how many bytes of large bodies this instance buffers at a time. Bodies are buffered
/// completely, so a few of the largest could use up all memory; further ones are refused and should
/// be retried a moment later.
///
/// Small bodies are not counted.
@ApplicationScoped
class LargeBodies {

    private static final int BEFORE_READING_BODY = 8_900;
    private static final long LARGE = 256 * 1024;
    private static final int SHARE_OF_HEAP = 4;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProblemWriter writer;
    private final long budget;
    private final AtomicLong buffered = new AtomicLong();

    LargeBodies(
            ProblemWriter writer,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K")
                    MemorySize maxBody,
            @ConfigProperty(name = "sendex.http.large-bodies") Optional<MemorySize> budget) {
        this.writer = writer;
        this.budget =
                Math.max(
                        maxBody.asLongValue(),
                        budget.map(MemorySize::asLongValue)
                                .orElse(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_READING_BODY);
    }

    private void admit(RoutingContext request) {
        if (request.request().getHeader("Transfer-Encoding") != null) {
            admitGrowing(request);
            return;
        }
        long size = ContentLength.of(request.request());
        if (size < LARGE) {
            request.next();
        } else if (buffered.addAndGet(size) <= budget) {
            request.addEndHandler(ended -> buffered.addAndGet(-size));
            request.next();
        } else {
            buffered.addAndGet(-size);
            refuse(request);
        }
    }

    /// A body without a Content-Length is counted while it arrives.
    private void admitGrowing(RoutingContext request) {
        AtomicLong counted = new AtomicLong();
        long timer =
                request.vertx()
                        .setPeriodic(
                                CHECK_INTERVAL.toMillis(), id -> checkGrowth(request, counted));
        request.addEndHandler(ended -> {
            request.vertx().cancelTimer(timer);
            buffered.addAndGet(-counted.get());
        });
        request.next();
    }

    private void checkGrowth(RoutingContext request, AtomicLong counted) {
        long read = request.request().bytesRead();
        long now = buffered.addAndGet(read - counted.getAndSet(read));
        if (now > budget && read >= LARGE) {
            refuse(request);
            request.request().connection().close();
        }
    }

    private void refuse(RoutingContext request) {
        request.response().putHeader("Connection", "close");
        writer.write(
                request,
                SERVICE_UNAVAILABLE.retryAfter(
                        RETRY_AFTER, "Too many large requests at once. Try again in a moment."));
    }
}
