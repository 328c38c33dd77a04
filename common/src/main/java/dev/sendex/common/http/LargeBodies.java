package dev.sendex.common.http;

import static dev.sendex.common.problem.Problem.PAYLOAD_TOO_LARGE;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.problem.ProblemWriter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses bodies above the limit, and limits how many bytes of large bodies this instance buffers
/// at a time. Bodies are buffered completely, so a few of the largest could use up all memory;
/// further ones are refused and should be retried a moment later.
///
/// Small bodies are not counted.
@ApplicationScoped
class LargeBodies {

    private static final int BEFORE_READING_BODY = 9_000;
    private static final int BEFORE_BUFFERING_BODY = 8_900;
    private static final long LARGE = 256 * 1024;
    private static final int SHARE_OF_HEAP = 4;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProblemWriter writer;
    private final long maxBody;
    private final long budget;
    private final AtomicLong buffered = new AtomicLong();

    LargeBodies(
            ProblemWriter writer,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K")
                    MemorySize maxBody,
            @ConfigProperty(name = "sendex.http.large-bodies") Optional<MemorySize> budget) {
        this.writer = writer;
        this.maxBody = maxBody.asLongValue();
        this.budget =
                Math.max(
                        this.maxBody,
                        budget.map(MemorySize::asLongValue)
                                .orElse(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseOversized, BEFORE_READING_BODY);
        filters.register(this::admit, BEFORE_BUFFERING_BODY);
    }

    private void refuseOversized(RoutingContext request) {
        if (ContentLength.of(request.request()) <= maxBody) {
            request.next();
            return;
        }
        String detail = "The body may have at most %d bytes.".formatted(maxBody);
        refuse(request, PAYLOAD_TOO_LARGE.because(detail));
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
            refuseForNow(request);
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
            refuseForNow(request);
            request.request().connection().close();
        }
    }

    private void refuseForNow(RoutingContext request) {
        String detail = "Too many large requests at once. Try again in a moment.";
        refuse(request, SERVICE_UNAVAILABLE.retryAfter(RETRY_AFTER, detail));
    }

    private void refuse(RoutingContext request, ProblemException problem) {
        request.response().putHeader("Connection", "close");
        writer.write(request, problem);
    }
}
