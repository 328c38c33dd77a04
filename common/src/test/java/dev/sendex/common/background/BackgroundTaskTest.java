package dev.sendex.common.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {

    private final Vertx vertx = Vertx.vertx();

    /// One for each run that was started; the test completes them.
    private final List<CompletableFuture<Boolean>> runs = new CopyOnWriteArrayList<>();

    private final List<Throwable> failures = new ArrayList<>();
    private final BackgroundTask task = new BackgroundTask(vertx, this::run, failures::add);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void it_runs_again_as_long_as_there_is_more() {
        task.wake();
        runs.get(0).complete(true);
        runs.get(1).complete(true);
        runs.get(2).complete(false);

        assertThat(runs).hasSize(3);
    }

    @Test
    void several_wake_ups_during_a_run_cause_one_more_run() {
        task.wake();
        task.wake();
        task.wake();
        assertThat(runs).hasSize(1);

        runs.get(0).complete(false);
        assertThat(runs).hasSize(2);

        runs.get(1).complete(false);
        assertThat(runs).hasSize(2);
    }

    @Test
    void a_failure_is_reported_and_does_not_prevent_the_next_run() {
        RuntimeException failure = new IllegalStateException("unavailable");
        task.wake();
        runs.get(0).completeExceptionally(failure);
        assertThat(failures).containsExactly(failure);
        assertThat(runs).hasSize(1);

        task.wake();
        assertThat(runs).hasSize(2);
    }

    @Test
    void a_synchronous_exception_is_reported_as_a_failure() {
        RuntimeException failure = new IllegalStateException("synchronous");
        BackgroundTask throwing =
                new BackgroundTask(
                        vertx,
                        () -> {
                            throw failure;
                        },
                        failures::add);

        throwing.wake();
        throwing.wake();

        assertThat(failures).containsExactly(failure, failure);
    }

    @Test
    void it_continues_at_its_interval_after_a_failure() {
        task.start(Duration.ofMillis(1));
        await().until(() -> runs.size() == 1);
        runs.get(0).completeExceptionally(new IllegalStateException("unavailable"));

        await().until(() -> runs.size() == 2);
    }

    @Test
    void it_starts_no_run_after_it_was_stopped() {
        task.wake();
        task.stop();
        runs.get(0).complete(true);
        task.wake();

        assertThat(runs).hasSize(1);
    }

    private Uni<Boolean> run() {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        runs.add(end);
        return Uni.createFrom().completionStage(end);
    }
}
