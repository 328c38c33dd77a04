package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.PostgresResource;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which deliveries are claimed when, in a database without a running service.
class DeliveryStoreTest {

    private static final UUID FIRST = new UUID(0, 0);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final UUID account = UUID.randomUUID();
    private Vertx vertx;
    private Pool pool;
    private DeliveryStore store;

    @BeforeEach
    void start() {
        PostgresResource resource = new PostgresResource();
        resource.init(Map.of("database", "sendex_webhooks_claims", "schema", "webhook"));
        Map<String, String> database = resource.start();
        String user = database.get("quarkus.datasource.username");
        String password = database.get("quarkus.datasource.password");
        vertx = Vertx.vertx();
        pool =
                PgBuilder.pool()
                        .connectingTo(
                                PgConnectOptions.fromUri(
                                                database.get("quarkus.datasource.reactive.url"))
                                        .setUser(user)
                                        .setPassword(password))
                        .using(vertx)
                        .build();
        pool.query("truncate webhook_endpoint, event cascade").execute().await().indefinitely();
        store = new DeliveryStore(pool);
    }

    @AfterEach
    void stop() {
        pool.close().await().indefinitely();
        vertx.close().await().indefinitely();
    }

    @Test
    void claiming_continues_after_the_last_endpoint_served() {
        for (int endpoint = 1; endpoint <= 5; endpoint++) {
            anEndpoint(endpoint);
        }
        events(4);

        assertThat(claim(2, Map.of(), 4, FIRST)).containsExactlyInAnyOrder(1, 1, 2, 2);
        assertThat(claim(2, Map.of(), 4, id(2))).containsExactlyInAnyOrder(3, 3, 4, 4);
        assertThat(claim(2, Map.of(), 4, id(4))).containsExactlyInAnyOrder(5, 5);
        assertThat(claim(2, Map.of(), 4, FIRST)).containsExactlyInAnyOrder(1, 1, 2, 2);
    }

    @Test
    void deliveries_in_flight_count_against_the_limit_of_their_endpoint() {
        anEndpoint(1);
        anEndpoint(2);
        events(10);

        assertThat(claim(8, Map.of(id(1), 7, id(2), 8), 256, FIRST)).containsExactly(1);
    }

    @Test
    void a_claimed_delivery_is_not_claimed_again_before_its_lease_expires() {
        anEndpoint(1);
        events(1);

        assertThat(claim(8, Map.of(), 256, FIRST)).containsExactly(1);
        assertThat(claim(8, Map.of(), 256, FIRST)).isEmpty();

        run("update due_delivery set due_at = now()");
        assertThat(claim(8, Map.of(), 256, FIRST)).containsExactly(1);
    }

    @Test
    void deliveries_to_disabled_or_paused_endpoints_are_not_claimed() {
        anEndpoint(1);
        anEndpoint(2);
        anEndpoint(3);
        events(1);
        run("update webhook_endpoint set status = 'disabled' where url = 'https://e.example/1'");
        run(
                """
                update webhook_endpoint set paused_until = now() + interval '1 hour'
                where url = 'https://e.example/2'
                """);

        assertThat(claim(8, Map.of(), 256, FIRST)).containsExactly(3);
    }

    private List<Integer> claim(
            int perEndpoint, Map<UUID, Integer> inFlight, int limit, UUID after) {
        return store
                .claim(perEndpoint, inFlight, limit, LEASE, after)
                .await()
                .indefinitely()
                .stream()
                .map(delivery -> (int) delivery.endpointId().getLeastSignificantBits())
                .toList();
    }

    private static UUID id(int endpoint) {
        return new UUID(0, endpoint);
    }

    private void anEndpoint(int number) {
        pool.preparedQuery(
                        """
                        insert into webhook_endpoint
                            (id, account_id, url, event_types, status, encrypted_secret, created_at)
                        values ($1, $2, $3, array['email.sent'], 'enabled', '', now())
                        """)
                .execute(Tuple.of(id(number), account, "https://e.example/" + number))
                .await()
                .indefinitely();
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            WebhookMessage message =
                    new WebhookMessage(
                            account, UUID.randomUUID(), "email.sent", "{}", Instant.EPOCH);
            store.add(List.of(message)).await().indefinitely();
        }
    }

    private void run(String statement) {
        pool.query(statement).execute().await().indefinitely();
    }
}
