package dev.sendex.common.kafka.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "28P01", "40P01", "53300", "55P03", "57014", "57P01"})
    void an_overloaded_or_unreachable_database_is_an_outage(String sqlState) {
        assertThat(Outage.isCauseOf(new CompletionException(refusal(sqlState)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "42P01", "54000", "XX000"})
    void refused_data_is_not_an_outage(String sqlState) {
        assertThat(Outage.isCauseOf(new CompletionException(refusal(sqlState)))).isFalse();
    }

    /// A pool that has no connection in time fails with a bare throwable.
    @Test
    void an_unavailable_connection_is_an_outage() {
        for (Throwable failure :
                List.of(
                        Future.failedFuture("Timeout").cause(),
                        new IOException(),
                        new TimeoutException(),
                        new VertxException("closed"))) {
            assertThat(Outage.isCauseOf(failure)).isTrue();
            assertThat(Outage.isCauseOf(new CompletionException(failure))).isTrue();
        }
    }

    @Test
    void a_bug_is_not_an_outage() {
        assertThat(Outage.isCauseOf(new NullPointerException())).isFalse();
        assertThat(Outage.isCauseOf(new CompletionException(new IllegalStateException())))
                .isFalse();
        assertThat(Outage.isCauseOf(new StackOverflowError())).isFalse();
    }

    private static PgException refusal(String sqlState) {
        return new PgException("refused", "ERROR", sqlState, "");
    }
}
