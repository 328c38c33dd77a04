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

/// Bounds how many bytes of large bodies this instance holds at a time. Bodies are held whole, so a
/// few of the largest would take all memory; the rest is asked to come back a moment later.
///
/// Small bodies pass uncounted.
@ApplicationScoped
class LargeBodies {

    private static final int BEFORE_THE_BODY_IS_READ = 8_900;
    private static final long LARGE = 256 * 1024;
    private static final int SHARE_OF_HEAP = 4;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProblemWriter writer;
    private final long budget;
    private final AtomicLong held = new AtomicLong();

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
        filters.register(this::admit, BEFORE_THE_BODY_IS_READ);
    }

    private void admit(RoutingContext request) {
        if (request.request().getHeader("Transfer-Encoding") != null) {
            admitGrowing(request);
            return;
        }
        long size = ContentLength.of(request.request());
        if (size < LARGE) {
            request.next();
        } else if (held.addAndGet(size) <= budget) {
            request.addEndHandler(ended -> held.addAndGet(-size));
            request.next();
        } else {
            held.addAndGet(-size);
            refuse(request);
        }
    }

    /// A body that does not announce its length is counted while it comes in.
    private void admitGrowing(RoutingContext request) {
        AtomicLong counted = new AtomicLong();
        long timer =
                request.vertx()
                        .setPeriodic(
                                CHECK_INTERVAL.toMillis(), id -> checkGrowth(request, counted));
        request.addEndHandler(ended -> {
            request.vertx().cancelTimer(timer);
            held.addAndGet(-counted.get());
        });
        request.next();
    }

    private void checkGrowth(RoutingContext request, AtomicLong counted) {
        long read = request.request().bytesRead();
        long now = held.addAndGet(read - counted.getAndSet(read));
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
