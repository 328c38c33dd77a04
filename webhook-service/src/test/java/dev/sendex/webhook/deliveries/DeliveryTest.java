package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.sendex.common.event.KeyEventType;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.webhook.Caller;
import dev.sendex.webhook.Records;
import dev.sendex.webhook.RunningService;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class DeliveryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    IntrospectionAuthority authority;

    @Inject Pool pool;
    @Inject MeterRegistry metrics;

    @Test
    void an_endpoint_receives_signed_webhooks_of_the_types_it_subscribes_to() throws Exception {
        Caller caller = Caller.with(authority);
        UUID email = UUID.randomUUID();
        try (Receiver receiver = new Receiver(Receiver.status(204))) {
            String secret =
                    caller.create(receiver.url(), "email.sent", "email.bounced")
                            .path("signing_secret");

            publishEvent(caller, email, "Send");
            publishEvent(caller, email, "Delivery");
            publishEvent(caller, email, "Bounce");

            await().untilAsserted(() -> assertThat(receiver.received()).hasSize(2));
            for (Receiver.Received webhook : receiver.received()) {
                new Webhook(secret).verify(webhook.body(), webhook.headers());
                assertThat(webhook.headers().firstValue("svix-id"))
                        .isEqualTo(webhook.headers().firstValue("webhook-id"));
            }
            JsonNode sent = of("email.sent", receiver);
            assertThat(sent.at("/data/email_id").textValue()).isEqualTo(email.toString());
            assertThat(sent.at("/data/ses_message_id").textValue()).isEqualTo("ses-" + email);
            assertThat(sent.at("/data/message_id").textValue())
                    .isEqualTo("<ses-" + email + "@eu-west-1.amazonses.com>");
            assertThat(sent.at("/data/from").textValue()).isEqualTo("Shop <hello@here.example>");
            assertThat(sent.at("/data/tags").toString()).isEqualTo("{\"campaign\":\"spring\"}");
            JsonNode bounced = of("email.bounced", receiver);
            assertThat(bounced.at("/data/bounce/type").textValue()).isEqualTo("Permanent");
            assertThat(bounced.at("/data/bounce/subType").textValue()).isEqualTo("General");
            assertThat(bounced.at("/data/bounce/message").textValue())
                    .isEqualTo("smtp; 550 5.1.1 user unknown");
            assertThat(bounced.at("/data/bounce/diagnosticCode").toString())
                    .isEqualTo("[\"smtp; 550 5.1.1 user unknown\"]");
            assertThat(bounced.at("/data/headers").toString())
                    .isEqualTo("[{\"name\":\"X-Order\",\"value\":\"17\"}]");
        }
    }

    @Test
    void a_duplicate_event_is_delivered_once() throws Exception {
        Caller caller = Caller.with(authority);
        UUID email = UUID.randomUUID();
        try (Receiver receiver = new Receiver(Receiver.status(200))) {
            caller.create(receiver.url(), "email.sent", "email.delivered");
            String event = Records.eventOf(caller.accountId(), email, "Send");

            Records.publish("ses.events", email.toString(), event);
            Records.publish("ses.events", email.toString(), event);
            publishEvent(caller, email, "Delivery");

            assertDeliveredInAll(caller, 2, receiver, "email.delivered");
        }
    }

    @Test
    void an_endpoint_receives_events_about_keys() throws Exception {
        Caller caller = Caller.with(authority);
        UUID key = UUID.randomUUID();
        try (Receiver receiver = new Receiver(Receiver.status(200))) {
            for (KeyEventType type : KeyEventType.values()) {
                caller.create(receiver.url(), type.value()).then().statusCode(201);
                String account = caller.accountId().toString();
                String event =
                        """
                        {"id": "%s", "type": "%s", "account_id": "%s",
                         "created_at": "2026-01-31T12:00:00.000Z",
                         "data": {"id": "%s", "network": "192.0.2.0/24"}}
                        """
                                .formatted(UUID.randomUUID(), type.value(), account, key);
                Records.publish("sendex.events", account, event);
                Records.publish("sendex.events", account, event);
            }

            publishLast(caller, receiver);

            assertDeliveredInAll(
                    caller, KeyEventType.values().length + 1, receiver, "email.failed");
            JsonNode webhook = of("api_key.used_from_new_network", receiver);
            assertThat(webhook.at("/data/id").textValue()).isEqualTo(key.toString());
            assertThat(webhook.at("/data/network").textValue()).isEqualTo("192.0.2.0/24");
            assertThat(webhook.at("/created_at").textValue()).isEqualTo("2026-01-31T12:00:00.000Z");
        }
    }

    @Test
    void another_accounts_endpoint_receives_nothing() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver mine = new Receiver(Receiver.status(200));
                Receiver theirs = new Receiver(Receiver.status(200))) {
            caller.create(mine.url(), "email.sent");
            Caller stranger = Caller.with(authority);
            stranger.create(theirs.url(), "email.sent");

            publishEvent(caller, UUID.randomUUID(), "Send");

            assertDeliveredInAll(caller, 1, mine, "email.sent");
            assertThat(deliveries(stranger)).isZero();
            assertThat(theirs.received()).isEmpty();
        }
    }

    @Test
    void endpoints_that_do_not_answer_do_not_delay_others() throws Exception {
        Caller caller = Caller.with(authority);
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver silent = new Receiver(_ -> end.await());
                Receiver mute = new Receiver(_ -> end.await());
                Receiver lively = new Receiver(Receiver.status(200))) {
            caller.create(silent.url(), "email.sent");
            caller.create(mute.url(), "email.sent");
            for (int i = 0; i < 20; i++) {
                publishEvent(caller, UUID.randomUUID(), "Send");
            }
            await().untilAsserted(() -> {
                assertThat(silent.received()).hasSize(8);
                assertThat(mute.received()).hasSize(8);
            });
            UUID newest =
                    UUID.fromString(caller.create(lively.url(), "email.delivered").path("id"));

            for (int i = 0; i < 20; i++) {
                publishEvent(caller, UUID.randomUUID(), "Delivery");
            }

            await().untilAsserted(() -> assertThat(statuses(newest)).hasSize(20));
            assertThat(silent.received()).hasSize(8);
            assertThat(mute.received()).hasSize(8);
            end.countDown();
        }
    }

    @Test
    void an_endpoint_that_does_not_answer_does_not_delay_others_on_its_host() throws Exception {
        Caller caller = Caller.with(authority);
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver shared =
                new Receiver(exchange -> {
                    if (exchange.getRequestURI().getQuery().endsWith("silent")) {
                        end.await();
                    }
                    exchange.sendResponseHeaders(200, -1);
                })) {
            caller.create(shared.url() + "silent", "email.sent");
            for (int i = 0; i < 20; i++) {
                publishEvent(caller, UUID.randomUUID(), "Send");
            }
            await().untilAsserted(() -> assertThat(shared.received()).hasSize(8));
            UUID lively =
                    UUID.fromString(
                            caller.create(shared.url() + "lively", "email.delivered").path("id"));

            for (int i = 0; i < 20; i++) {
                publishEvent(caller, UUID.randomUUID(), "Delivery");
            }

            await().untilAsserted(() -> assertThat(statuses(lively)).hasSize(20));
            assertThat(shared.received()).hasSize(28);
            end.countDown();
        }
    }

    @Test
    void the_result_of_an_expired_attempt_is_ignored() throws Exception {
        Caller caller = Caller.with(authority);
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver receiver =
                new Receiver(exchange -> {
                    end.await();
                    exchange.sendResponseHeaders(500, -1);
                })) {
            UUID endpoint = endpoint(caller, receiver);
            publishEvent(caller, UUID.randomUUID(), "Send");
            await().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
            // What another instance does once the lease has expired: it delivers the event and
            // records the result.
            rows("delete from due_delivery where endpoint_id = $1 returning endpoint_id", endpoint);
            rows(
                    """
                    update delivery set status = 'delivered', attempts = 2
                    where endpoint_id = $1 returning endpoint_id
                    """,
                    endpoint);
            publishEvent(caller, UUID.randomUUID(), "Send");
            await().untilAsserted(() -> assertThat(receiver.received()).hasSize(2));

            end.countDown();

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(500));
            assertThat(
                            rows(
                                            """
                                            select status from delivery
                                            where endpoint_id = $1 order by attempts desc
                                            """,
                                            endpoint)
                                    .stream()
                                    .map(row -> row.getString(0)))
                    .containsExactly("delivered", "pending");
        }
    }

    @Test
    void a_result_is_recorded_after_a_database_failure_without_another_delivery() throws Exception {
        Caller caller = Caller.with(authority);
        CountDownLatch end = new CountDownLatch(1);
        double before = outcomeRetries();
        try (Receiver receiver =
                new Receiver(exchange -> {
                    end.await();
                    exchange.sendResponseHeaders(200, -1);
                })) {
            UUID endpoint = endpoint(caller, receiver);
            publishEvent(caller, UUID.randomUUID(), "Send");
            await().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
            sql("alter table attempt rename to attempt_away");
            try {
                end.countDown();
                await().untilAsserted(() -> assertThat(outcomeRetries()).isGreaterThan(before));
            } finally {
                sql("alter table attempt_away rename to attempt");
            }

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(200));
            assertThat(due(endpoint)).isZero();
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void a_refused_delivery_is_recorded_and_retried_later() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver = new Receiver(Receiver.status(500))) {
            UUID endpoint = endpoint(caller, receiver);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(500));
            assertThat(due(endpoint)).isOne();
            assertThat(endpointColumn("failing_since", endpoint)).isNotNull();
        }
    }

    @Test
    void an_endpoint_that_answers_410_is_disabled() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver = new Receiver(Receiver.status(410))) {
            UUID endpoint = endpoint(caller, receiver);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() ->
                    assertThat(endpointColumn("status", endpoint)).isEqualTo("disabled"));
            assertThat(due(endpoint)).isZero();
            assertDisabledBySystemOnce(caller, endpoint, "It answered 410 Gone.");
        }
    }

    @Test
    void an_endpoint_that_fails_for_days_is_disabled() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver = new Receiver(Receiver.status(500))) {
            UUID endpoint = endpoint(caller, receiver);
            rows(
                    """
                    update webhook_endpoint set failing_since = now() - interval '6 days'
                    where id = $1 returning id
                    """,
                    endpoint);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() ->
                    assertThat(endpointColumn("status", endpoint)).isEqualTo("disabled"));
            assertDisabledBySystemOnce(caller, endpoint, "It has failed for too long.");
        }
    }

    /// Asserts that the audit log has exactly one record of the endpoint being disabled, by Sendex
    /// itself.
    private static void assertDisabledBySystemOnce(Caller caller, UUID endpoint, String reason)
            throws Exception {
        try (Records log = Records.of("sendex.audit")) {
            String account = caller.accountId().toString();
            await().untilAsserted(() -> assertThat(log.recordsOf(account)).hasSize(2));
            JsonNode disabled = JSON.readTree(log.valuesOf(account).getLast());
            assertThat(disabled.at("/action").textValue()).isEqualTo("webhook.disabled");
            assertThat(disabled.at("/actor/type").textValue()).isEqualTo("system");
            assertThat(disabled.at("/ip").isNull()).isTrue();
            assertThat(disabled.at("/target/id").textValue()).isEqualTo(endpoint.toString());
            assertThat(disabled.at("/after/reason").textValue()).isEqualTo(reason);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver elsewhere = new Receiver(Receiver.status(200));
                Receiver receiver =
                        new Receiver(exchange -> {
                            exchange.getResponseHeaders().add("Location", elsewhere.url());
                            exchange.sendResponseHeaders(302, -1);
                        })) {
            UUID endpoint = endpoint(caller, receiver);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(302));
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void an_endless_response_is_cut_off() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver =
                new Receiver(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] part = new byte[8_192];
                    for (int i = 0; i < 1_000; i++) {
                        exchange.getResponseBody().write(part);
                    }
                })) {
            UUID endpoint = endpoint(caller, receiver);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(200));
            assertThat(due(endpoint)).isZero();
        }
    }

    @Test
    void a_refused_connection_is_a_failed_attempt() throws Exception {
        Caller caller = Caller.with(authority);
        String url;
        try (Receiver receiver = new Receiver(Receiver.status(200))) {
            url = receiver.url();
        }
        UUID endpoint = UUID.fromString(caller.create(url, "email.sent").path("id"));

        publishEvent(caller, UUID.randomUUID(), "Send");

        await().untilAsserted(() -> assertThat(errors(endpoint)).hasSize(1));
        assertThat(due(endpoint)).isOne();
    }

    @Test
    void a_pooled_connection_that_the_endpoint_closed_is_not_a_failed_attempt() throws Exception {
        Caller caller = Caller.with(authority);
        try (ClosingReceiver receiver = new ClosingReceiver(1)) {
            UUID endpoint = UUID.fromString(caller.create(receiver.url(), "email.sent").path("id"));
            publishEvent(caller, UUID.randomUUID(), "Send");
            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(204));

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(204, 204));
            assertThat(errors(endpoint)).isEmpty();
            assertThat(receiver.calls()).containsExactly(2, 1);
        }
    }

    @Test
    void a_new_connection_that_is_closed_without_an_answer_is_a_failed_attempt() throws Exception {
        Caller caller = Caller.with(authority);
        try (ClosingReceiver receiver = new ClosingReceiver(0)) {
            UUID endpoint = UUID.fromString(caller.create(receiver.url(), "email.sent").path("id"));

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(errors(endpoint)).hasSize(1));
            assertThat(receiver.calls()).containsExactly(1);
        }
    }

    @Test
    void a_retry_after_date_is_respected() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver =
                new Receiver(exchange -> {
                    ZonedDateTime until = ZonedDateTime.now(ZoneOffset.UTC).plusHours(10);
                    exchange.getResponseHeaders()
                            .set("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until));
                    exchange.sendResponseHeaders(503, -1);
                })) {
            UUID endpoint = endpoint(caller, receiver);

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(503));
            assertThat(
                            rows(
                                            """
                                            select extract(epoch from due_at - now())::int
                                            from due_delivery where endpoint_id = $1
                                            """,
                                            endpoint)
                                    .getFirst()
                                    .getInteger(0))
                    .isBetween(9 * 3_600, 10 * 3_600);
        }
    }

    @Test
    void a_url_that_is_not_ascii_is_called_percent_encoded() throws Exception {
        Caller caller = Caller.with(authority);
        try (Receiver receiver = new Receiver(Receiver.status(200))) {
            UUID endpoint =
                    UUID.fromString(
                            caller.create(receiver.url() + "&q=ü", "email.sent").path("id"));

            publishEvent(caller, UUID.randomUUID(), "Send");

            await().untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(200));
            assertThat(receiver.received().getFirst().uri()).isEqualTo("/hook?a=b&q=%C3%BC");
        }
    }

    @Test
    void a_malformed_record_is_dead_lettered_and_does_not_block_its_partition() throws Exception {
        Caller caller = Caller.with(authority);
        String key = UUID.randomUUID().toString();
        try (Receiver receiver = new Receiver(Receiver.status(200));
                Records deadLetters = Records.of("ses.events.dlq")) {
            caller.create(receiver.url(), "email.sent");

            Records.publish("ses.events", key, "{\"eventType\": \"Send\", \"mail\": 7}");
            Records.publish(
                    "ses.events",
                    key,
                    Records.eventOf(caller.accountId(), UUID.randomUUID(), "Send"));

            await().untilAsserted(() -> assertThat(receiver.received()).hasSize(1));
            await().untilAsserted(() -> assertThat(deadLetters.recordsOf(key)).hasSize(1));
            assertThat(
                            deadLetters
                                    .recordsOf(key)
                                    .getFirst()
                                    .headers()
                                    .lastHeader("dead-letter-reason"))
                    .isNotNull();
        }
    }

    @Test
    void domain_events_of_send_service_are_delivered() throws Exception {
        Caller caller = Caller.with(authority);
        UUID event = UUID.randomUUID();
        try (Receiver receiver = new Receiver(Receiver.status(200))) {
            caller.create(receiver.url(), "email.suppressed");
            String record =
                    """
                    {"id": "%s", "type": "email.suppressed", "account_id": "%s",
                        "created_at": "2026-01-02T03:04:05.678Z", "data": {"email_id": "x"}}
                    """
                            .formatted(event, caller.accountId());

            Records.publish("sendex.events", caller.accountId().toString(), record);
            Records.publish("sendex.events", caller.accountId().toString(), record);

            publishLast(caller, receiver);

            assertDeliveredInAll(caller, 2, receiver, "email.failed");
            assertThat(receiver.received())
                    .filteredOn(webhook ->
                            webhook.headers()
                                    .firstValue("webhook-id")
                                    .equals(Optional.of(event.toString())))
                    .hasSize(1);
            assertThat(of("email.suppressed", receiver).path("created_at").textValue())
                    .isEqualTo("2026-01-02T03:04:05.678Z");
        }
    }

    private static void publishEvent(Caller caller, UUID email, String type) {
        Records.publish(
                "ses.events", email.toString(), Records.eventOf(caller.accountId(), email, type));
    }

    /// Publishes an event after all of this account's events on `sendex.events` so far.
    private static void publishLast(Caller caller, Receiver receiver) {
        caller.create(receiver.url(), "email.failed").then().statusCode(201);
        String account = caller.accountId().toString();
        Records.publish(
                "sendex.events",
                account,
                """
                {"id": "%s", "type": "email.failed", "account_id": "%s",
                    "created_at": "2026-01-02T03:04:05.678Z", "data": {"email_id": "last"}}
                """
                        .formatted(UUID.randomUUID(), account));
    }

    /// Once the last event has arrived, all earlier ones are in the database; once all of those are
    /// delivered, nothing more can follow.
    private void assertDeliveredInAll(
            Caller caller, int expected, Receiver receiver, String lastType) {
        await().untilAsserted(() -> assertThat(of(lastType, receiver)).isNotNull());
        long all = deliveries(caller);
        await().untilAsserted(() -> assertThat(delivered(caller)).isEqualTo(all));
        assertThat(all).isEqualTo(expected);
        assertThat(receiver.received()).hasSize(expected);
    }

    private long deliveries(Caller caller) {
        return rows("select count(*) from delivery where account_id = $1", caller.accountId())
                .getFirst()
                .getLong(0);
    }

    private long delivered(Caller caller) {
        return rows(
                        """
                        select count(*) from delivery
                        where account_id = $1 and status = 'delivered'
                        """,
                        caller.accountId())
                .getFirst()
                .getLong(0);
    }

    private static UUID endpoint(Caller caller, Receiver receiver) {
        return UUID.fromString(caller.create(receiver.url(), "email.sent").path("id"));
    }

    private static JsonNode of(String type, Receiver receiver) throws Exception {
        for (Receiver.Received webhook : receiver.received()) {
            JsonNode body = JSON.readTree(webhook.body());
            if (body.path("type").textValue().equals(type)) {
                return body;
            }
        }
        return null;
    }

    private double outcomeRetries() {
        return metrics.counter("sendex.webhooks.outcome_retries").count();
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().indefinitely();
    }

    private List<Integer> statuses(UUID endpoint) {
        return rows("select status from attempt where endpoint_id = $1 order by number", endpoint)
                .stream()
                .map(row -> row.getInteger(0))
                .toList();
    }

    private List<String> errors(UUID endpoint) {
        return rows(
                        "select error from attempt where endpoint_id = $1 and error is not null",
                        endpoint)
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private long due(UUID endpoint) {
        return rows("select count(*) from due_delivery where endpoint_id = $1", endpoint)
                .getFirst()
                .getLong(0);
    }

    private Object endpointColumn(String column, UUID endpoint) {
        return rows("select " + column + " from webhook_endpoint where id = $1", endpoint)
                .getFirst()
                .getValue(0);
    }

    private List<Row> rows(String query, UUID endpoint) {
        return pool.preparedQuery(query)
                .execute(Tuple.of(endpoint))
                .map(rows ->
                        java.util.stream.StreamSupport.stream(rows.spliterator(), false).toList())
                .await()
                .indefinitely();
    }
}
