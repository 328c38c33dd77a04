package dev.sendex.send.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.emails.RecipientStatus;
import dev.sendex.send.events.EmailEvent.SoftBounce;
import dev.sendex.send.events.EmailEventStore.Result;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmailEventStoreTest extends SendServiceTest {

    /// The tables that a batch writes to, and how.
    private static final Map<String, String> TABLES =
            Map.of(
                    "dispatch", "delete",
                    "email_event", "insert",
                    "email", "update",
                    "email_recipient", "update",
                    "suppression", "insert");

    private static final String ADDRESS = "full@example.net";
    private static final Instant NOW = Instant.now();

    @Inject EmailEventStore store;
    @Inject Pool pool;

    @Test
    void a_batch_is_applied_by_one_statement_per_table() {
        UUID account = UUID.randomUUID();
        List<EmailRef> emails = Stream.generate(() -> anEmail(account)).limit(50).toList();
        List<EmailEvent> batch = new ArrayList<>();
        for (EmailRef email : emails) {
            batch.add(event(email, "email.sent", RecipientStatus.SENT));
            batch.add(event(email, "email.delivered", RecipientStatus.DELIVERED));
            batch.add(complaint(email));
        }
        Map<String, Long> statements = statementsDuring(() -> apply(batch));

        assertThat(statements.values()).allMatch(count -> count == 1);
        assertThat(emails).allMatch(email -> status(email).equals("complained"));
        assertThat(count("email_event", account)).isEqualTo(150);
        assertThat(count("suppression", account)).isEqualTo(50);
        assertThat(count("dispatch", account)).isZero();
    }

    @Test
    void duplicates_within_and_across_batches_are_applied_once() {
        EmailRef email = anEmail(UUID.randomUUID());
        EmailEvent sent = event(email, "email.sent", RecipientStatus.SENT);
        EmailEvent delivered = event(email, "email.delivered", RecipientStatus.DELIVERED);

        assertThat(apply(List.of(delivered, sent, delivered)))
                .containsExactly(Result.APPLIED, Result.APPLIED, Result.DUPLICATE);
        assertThat(apply(List.of(sent, delivered)))
                .containsExactly(Result.DUPLICATE, Result.DUPLICATE);
        assertThat(status(email)).isEqualTo("delivered");
        assertThat(count("email_event", email.accountId())).isEqualTo(2);
    }

    @Test
    void events_of_unknown_emails_do_not_affect_the_others() {
        EmailRef email = anEmail(UUID.randomUUID());
        EmailRef unknown = new EmailRef(email.accountId(), UUID.randomUUID());

        assertThat(
                        apply(
                                List.of(
                                        event(unknown, "email.sent", RecipientStatus.SENT),
                                        event(email, "email.sent", RecipientStatus.SENT))))
                .containsExactly(Result.UNKNOWN_EMAIL, Result.APPLIED);
        assertThat(status(email)).isEqualTo("sent");
    }

    @Test
    void batches_about_the_same_emails_at_the_same_time_wait_for_each_other() {
        UUID account = UUID.randomUUID();
        List<EmailRef> emails = Stream.generate(() -> anEmail(account)).limit(20).toList();
        List<EmailRef> reversed = new ArrayList<>(emails);
        Collections.reverse(reversed);
        List<EmailEvent> sent =
                emails.stream().map(one -> event(one, "email.sent", RecipientStatus.SENT)).toList();
        List<EmailEvent> delivered =
                reversed.stream()
                        .map(one -> event(one, "email.delivered", RecipientStatus.DELIVERED))
                        .toList();

        Uni.combine()
                .all()
                .unis(store.apply(sent), store.apply(delivered))
                .asTuple()
                .await()
                .indefinitely();

        assertThat(emails).allMatch(email -> status(email).equals("delivered"));
    }

    @Test
    void consecutive_soft_bounces_suppress_the_address() {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 4; i++) {
            bounceSoftly(account, NOW.minusSeconds(1000 - i));
        }
        deliver(account, NOW.minusSeconds(900));
        for (int i = 0; i < 4; i++) {
            bounceSoftly(account, NOW.minusSeconds(800 - i));
        }
        assertThat(suppressed(account)).isEmpty();

        bounceSoftly(account, NOW);

        assertThat(suppressed(account)).containsExactly(ADDRESS);
    }

    @Test
    void soft_bounces_that_are_too_old_do_not_count() {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 4; i++) {
            bounceSoftly(account, NOW.minus(Duration.ofDays(31)));
        }

        bounceSoftly(account, NOW);

        assertThat(suppressed(account)).isEmpty();
    }

    @Test
    void an_expired_email_suppresses_its_address_at_once() {
        UUID account = UUID.randomUUID();

        apply(List.of(softBounce(anEmail(account, ADDRESS), NOW, true)));

        assertThat(suppressed(account)).containsExactly(ADDRESS);
    }

    @Test
    void automatic_replies_to_delivered_emails_do_not_count_as_soft_bounces() {
        UUID account = UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            EmailRef email = anEmail(account, ADDRESS);
            EmailEvent delivery = delivery(email, NOW.minusSeconds(100));
            EmailEvent reply = softBounce(email, NOW, false);
            if (i % 2 == 0) {
                apply(List.of(delivery));
                apply(List.of(reply));
            } else {
                apply(List.of(reply));
                apply(List.of(delivery));
            }
        }

        assertThat(suppressed(account)).isEmpty();
        assertThat(count("soft_bounce", account)).isZero();
    }

    private void bounceSoftly(UUID account, Instant at) {
        apply(List.of(softBounce(anEmail(account, ADDRESS), at, false)));
    }

    private void deliver(UUID account, Instant at) {
        apply(List.of(delivery(anEmail(account, ADDRESS), at)));
    }

    private static EmailEvent delivery(EmailRef email, Instant at) {
        return event(email, "email.delivered", RecipientStatus.DELIVERED, at, List.of(), List.of());
    }

    private List<String> suppressed(UUID account) {
        return run("select address from suppression where account_id = $1", account);
    }

    private List<Result> apply(List<EmailEvent> events) {
        return store.apply(events).await().indefinitely();
    }

    private static EmailEvent event(EmailRef email, String type, RecipientStatus status) {
        return event(email, type, status, Instant.EPOCH, List.of(), List.of());
    }

    private static EmailEvent complaint(EmailRef email) {
        return event(
                email,
                "email.complained",
                RecipientStatus.COMPLAINED,
                Instant.EPOCH,
                List.of(),
                List.of(email.emailId() + "@example.net"));
    }

    private static EmailEvent softBounce(EmailRef email, Instant at, boolean expired) {
        return event(
                email,
                "email.bounced",
                RecipientStatus.SOFT_BOUNCED,
                at,
                List.of(new SoftBounce(ADDRESS, expired)),
                List.of());
    }

    private static EmailEvent event(
            EmailRef email,
            String type,
            RecipientStatus status,
            Instant at,
            List<SoftBounce> softBounces,
            List<String> suppressed) {
        return new EmailEvent(
                new EmailEvent.Ref(email, UUID.randomUUID()),
                type,
                at,
                new JsonObject(),
                "ses-" + email.emailId(),
                status,
                List.of(email.emailId() + "@example.net", ADDRESS),
                softBounces,
                suppressed,
                suppressed.isEmpty() ? "bounce" : "complaint");
    }

    private EmailRef anEmail(UUID account) {
        return anEmail(account, null);
    }

    /// A queued email.
    ///
    /// @param recipient if null, `<email id>@example.net`
    private EmailRef anEmail(UUID account, @Nullable String recipient) {
        EmailRef email = new EmailRef(account, UUID.randomUUID());
        run(
                """
                with added as (
                    insert into email (
                        account_id, id, environment, sender, reply_to, subject, headers, tags,
                        status, created_at)
                    values ($1, $2, 'live', 'hello@acme.example', '{}', 'Hi', '{}', '{}', 'queued', now())
                    returning account_id, id
                ), recipient as (
                    insert into email_recipient (account_id, email_id, position, kind, address)
                    select account_id, id, 1, 'to', coalesce($3, id || '@example.net') from added
                )
                insert into dispatch (
                    account_id, email_id, environment, recipients, size_bytes, state, due_at, created_at)
                select account_id, id, 'live', 1, 1, 'waiting', now() + interval '1 day', now()
                from added
                """,
                account,
                email.emailId(),
                recipient);
        return email;
    }

    private String status(EmailRef email) {
        return run(
                        "select status from email where account_id = $1 and id = $2",
                        email.accountId(),
                        email.emailId())
                .getFirst();
    }

    private long count(String table, UUID account) {
        return Long.parseLong(
                run("select count(*)::text from " + table + " where account_id = $1", account)
                        .getFirst());
    }

    /// How many statements wrote to each table.
    private Map<String, Long> statementsDuring(Runnable task) {
        for (String table : TABLES.keySet()) {
            run("create sequence %s_statements".formatted(table));
            run(
                    """
                    create function count_%1$s() returns trigger language plpgsql
                    as 'begin perform nextval(''%1$s_statements''); return null; end'
                    """
                            .formatted(table));
            run(
                    """
                    create trigger count_statements after %2$s on %1$s
                    for each statement execute function count_%1$s()
                    """
                            .formatted(table, TABLES.get(table)));
        }
        try {
            task.run();
            return TABLES.keySet().stream()
                    .collect(
                            Collectors.toMap(
                                    table -> table,
                                    table ->
                                            Long.valueOf(
                                                    run("""
                                                    select (nextval('%s_statements') - 1)::text
                                                    """
                                                                    .formatted(table))
                                                            .getFirst())));
        } finally {
            for (String table : TABLES.keySet()) {
                run("drop function count_%s cascade".formatted(table));
                run("drop sequence %s_statements".formatted(table));
            }
        }
    }

    /// The first column of each row, as text.
    private List<String> run(String statement, Object... parameters) {
        return StreamSupport.stream(
                        pool.preparedQuery(statement)
                                .execute(Tuple.from(parameters))
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .toList();
    }
}
