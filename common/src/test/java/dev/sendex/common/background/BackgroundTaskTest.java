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

    /// One for each run that began; the test ends them.
    private final List<CompletableFuture<Boolean>> runs = new CopyOnWriteArrayList<>();

    private final List<Throwable> failures = new ArrayList<>();
    private final BackgroundTask task = new BackgroundTask(vertx, this::run, failures::add);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void it_runs_again_for_as_long_as_there_is_more() {
        task.wake();
        runs.get(0).complete(true);
        runs.get(1).complete(true);
        runs.get(2).complete(false);

        assertThat(runs).hasSize(3);
    }

    @Test
    void however_often_it_is_woken_during_a_run_one_more_follows_and_none_beside_it() {
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
    void a_failure_is_reported_and_the_next_run_is_possible() {
        RuntimeException failure = new IllegalStateException("away");
        task.wake();
        runs.get(0).completeExceptionally(failure);
        assertThat(failures).containsExactly(failure);
        assertThat(runs).hasSize(1);

        task.wake();
        assertThat(runs).hasSize(2);
    }

    @Test
    void what_throws_at_once_is_a_failure_too() {
        RuntimeException failure = new IllegalStateException("at once");
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
    void it_runs_at_its_interval_after_failures_too() {
        task.start(Duration.ofMillis(1));
        await().until(() -> runs.size() == 1);
        runs.get(0).completeExceptionally(new IllegalStateException("away"));

        await().until(() -> runs.size() == 2);
    }

    @Test
    void once_stopped_it_begins_no_further_run() {
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
