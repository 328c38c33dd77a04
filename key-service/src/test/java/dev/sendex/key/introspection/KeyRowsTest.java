package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class KeyRowsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ROUNDS = 200;

    private static final String CUSTOM_PLANS =
            "select max(custom_plans) from pg_prepared_statements where statement like '%asked_id%' and statement not like '%custom_plans%'";

    @Inject StoredKeys keys;

    @Inject Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    /// Far more concurrent lookups than fit into the statements in flight.
    @Test
    void concurrent_lookups_get_the_result_for_their_own_token() {
        String owner = anOwner();
        List<ApiKeyToken> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(token(issue(owner, Map.of("preset", "read_only")).path("token")));
        }
        List<ApiKeyToken> batch = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (ApiKeyToken token : tokens) {
                batch.add(token);
                batch.add(forged(token.keyId()));
                batch.add(forged(UUID.randomUUID()));
            }
        }

        List<Introspection> answers = introspect(batch).await().atMost(TIMEOUT);

        for (int i = 0; i < batch.size(); i++) {
            if (tokens.contains(batch.get(i))) {
                UUID keyId = batch.get(i).keyId();
                assertThat(answers.get(i))
                        .isInstanceOfSatisfying(
                                Active.class,
                                answer -> assertThat(answer.grant().keyId()).isEqualTo(keyId));
            } else {
                assertThat(answers.get(i)).isInstanceOf(Inactive.class);
            }
        }
    }

    /// After five executions PostgreSQL keeps a generic plan, unless it estimates that planning for
    /// each execution is cheaper.
    @Test
    void a_statement_is_not_planned_again_for_each_execution() {
        Long planned =
                pool.withConnection(connection ->
                                connection
                                        .prepare(KeyRows.READ)
                                        .chain(statement ->
                                                statement
                                                        .query()
                                                        .execute(ids(1))
                                                        .repeat()
                                                        .atMost(20)
                                                        .collect()
                                                        .last())
                                        .chain(() ->
                                                connection
                                                        .query(CUSTOM_PLANS)
                                                        .execute()
                                                        .map(rows ->
                                                                rows.iterator().next().getLong(0))))
                        .await()
                        .atMost(TIMEOUT);

        assertThat(planned).isEqualTo(5);
    }

    /// A lock simulates a database that hangs.
    @Test
    void lookups_fail_while_the_database_hangs_and_work_afterwards() {
        List<ApiKeyToken> batch =
                Stream.generate(() -> forged(UUID.randomUUID())).limit(100).toList();

        List<Introspection> answers =
                pool.withTransaction(transaction ->
                                transaction
                                        .query("lock table api_key in access exclusive mode")
                                        .execute()
                                        .chain(() -> introspect(batch)))
                        .await()
                        .atMost(TIMEOUT);

        assertThat(answers).hasSize(100).hasOnlyElementsOfType(Introspection.Unavailable.class);
        assertThat(introspect(batch).await().atMost(TIMEOUT)).hasOnlyElementsOfType(Inactive.class);
    }

    @Test
    void lookups_do_not_wait_for_connections_of_other_pools() {
        ApiKeyToken token = token(issue(anOwner(), Map.of("preset", "read_only")).path("token"));
        List<SqlConnection> acquired =
                Uni.join()
                        .all(Stream.generate(pool::getConnection).limit(connections).toList())
                        .andFailFast()
                        .await()
                        .atMost(TIMEOUT);
        try {
            assertThat(keys.introspect(token).await().atMost(TIMEOUT)).isInstanceOf(Active.class);
        } finally {
            acquired.forEach(SqlConnection::closeAndAwait);
        }
    }

    private Uni<List<Introspection>> introspect(List<ApiKeyToken> tokens) {
        return Uni.join().all(tokens.stream().map(keys::introspect).toList()).andFailFast();
    }

    private static Tuple ids(int count) {
        return Tuple.tuple()
                .addArrayOfUUID(
                        Stream.generate(UUID::randomUUID).limit(count).toArray(UUID[]::new));
    }

    private static ApiKeyToken forged(UUID keyId) {
        return ApiKeyToken.generate(Environment.LIVE, keyId, new SecureRandom());
    }

    private static ApiKeyToken token(String text) {
        return Objects.requireNonNull(ApiKeyToken.parse(text));
    }
}
