package dev.sendex.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.database.Batcher.Limits;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final Limits LIMITS = new Limits(3, 100, 6, 400, 1);

    private final List<Flush> flushes = new ArrayList<>();
    private final Batcher<Integer, String> batcher = batcher(LIMITS);

    private record Flush(List<Integer> items, UniEmitter<? super List<String>> end) {

        void succeed() {
            end.complete(items.stream().map(item -> "done " + item).toList());
        }
    }

    @Test
    void an_item_is_flushed_at_once_when_nothing_else_is() {
        UniAssertSubscriber<String> one = submit(1);

        assertThat(items()).containsExactly(List.of(1));
        flushes.getFirst().succeed();
        one.assertItem("done 1");
        submit(2);
        assertThat(items()).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void items_that_arrive_during_a_flush_share_the_next_one() {
        submit(1);
        UniAssertSubscriber<String> two = submit(2);
        UniAssertSubscriber<String> three = submit(3);

        flushes.getFirst().succeed();

        assertThat(items()).containsExactly(List.of(1), List.of(2, 3));
        flushes.get(1).succeed();
        two.assertItem("done 2");
        three.assertItem("done 3");
    }

    @Test
    void a_flush_has_a_maximum_of_items_and_of_bytes() {
        submit(1);
        List.of(2, 3, 4, 5).forEach(this::submit);
        flushes.getFirst().succeed();
        assertThat(flushes.get(1).items()).containsExactly(2, 3, 4);

        submit(70);
        submit(200);
        flushes.get(1).succeed();
        assertThat(flushes.get(2).items()).containsExactly(5, 70);
        flushes.get(2).succeed();
        assertThat(flushes.get(3).items()).containsExactly(200);
    }

    @Test
    void several_flushes_may_be_under_way() {
        Batcher<Integer, String> wide = batcher(new Limits(3, 100, 6, 400, 2));
        List.of(1, 2, 3, 4).forEach(item -> submit(wide, item));
        assertThat(items()).containsExactly(List.of(1), List.of(2));

        flushes.get(1).succeed();
        assertThat(items()).containsExactly(List.of(1), List.of(2), List.of(3, 4));
    }

    @Test
    void more_items_than_may_wait_are_refused() {
        List.of(1, 2, 3, 4, 5, 6, 7).forEach(this::submit);

        submit(8).assertFailedWith(Batcher.Full.class);
        assertThat(DatabaseFailures.isTemporary(new Batcher.Full())).isTrue();
    }

    @Test
    void more_bytes_than_may_wait_are_refused() {
        List.of(1, 300, 99, 1).forEach(this::submit);

        submit(1).assertFailedWith(Batcher.Full.class);
        flushes.getFirst().succeed();
        assertThat(flushes.get(1).items()).containsExactly(300);
        submit(1).assertNotTerminated();
    }

    @Test
    void a_lock_timeout_fails_only_the_items_of_its_flush() {
        UniAssertSubscriber<String> one = submit(1);
        UniAssertSubscriber<String> two = submit(2);

        flushes.getFirst().end().fail(new PgException("lock timeout", "ERROR", "55P03", ""));

        one.assertFailedWith(PgException.class);
        flushes.get(1).succeed();
        two.assertItem("done 2");
    }

    @Test
    void an_item_that_the_database_refuses_fails_only_itself() {
        List<List<Integer>> tried = new ArrayList<>();
        Batcher<Integer, String> strict =
                new Batcher<>(
                        new Limits(8, 100, 8, 400, 1),
                        Integer::longValue,
                        items -> {
                            tried.add(items);
                            return items.contains(1)
                                    ? first(items)
                                    : items.contains(4)
                                            ? Uni.createFrom()
                                                    .failure(new IllegalStateException("4 is bad"))
                                            : results(items);
                        });
        submit(strict, 1);
        List<UniAssertSubscriber<String>> others =
                List.of(2, 3, 4, 5).stream().map(item -> submit(strict, item)).toList();

        flushes.getFirst().succeed();

        others.get(0).assertItem("done 2");
        others.get(1).assertItem("done 3");
        others.get(2).assertFailedWith(IllegalStateException.class, "4 is bad");
        others.get(3).assertItem("done 5");
        assertThat(tried)
                .containsExactly(
                        List.of(1),
                        List.of(2, 3, 4, 5),
                        List.of(2, 3),
                        List.of(4, 5),
                        List.of(4),
                        List.of(5));
    }

    @Test
    void an_outage_fails_all_that_wait_and_the_next_item_is_tried() {
        UniAssertSubscriber<String> one = submit(1);
        UniAssertSubscriber<String> two = submit(2);

        flushes.getFirst().end().fail(ClosedConnectionException.INSTANCE);

        one.assertFailedWith(ClosedConnectionException.class);
        two.assertFailedWith(ClosedConnectionException.class);
        UniAssertSubscriber<String> three = submit(3);
        flushes.get(1).succeed();
        three.assertItem("done 3");
    }

    @Test
    void results_must_be_as_many_as_items() {
        Batcher<Integer, String> wrong =
                new Batcher<>(
                        LIMITS, Integer::longValue, _ -> Uni.createFrom().item(List.<String>of()));

        assertThatThrownBy(() -> wrong.submit(1).await().indefinitely())
                .hasMessage("0 results for 1 items");
    }

    private UniAssertSubscriber<String> submit(int item) {
        return submit(batcher, item);
    }

    private static UniAssertSubscriber<String> submit(Batcher<Integer, String> batcher, int item) {
        return batcher.submit(item).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Batcher<Integer, String> batcher(Limits limits) {
        Function<List<Integer>, Uni<List<String>>> flush = this::first;
        return new Batcher<>(limits, Integer::longValue, flush);
    }

    private Uni<List<String>> first(List<Integer> items) {
        return Uni.createFrom().emitter(end -> flushes.add(new Flush(items, end)));
    }

    private static Uni<List<String>> results(List<Integer> items) {
        return Uni.createFrom().item(items.stream().map(item -> "done " + item).toList());
    }

    private List<List<Integer>> items() {
        return flushes.stream().map(Flush::items).toList();
    }
}
