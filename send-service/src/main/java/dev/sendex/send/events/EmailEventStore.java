package dev.sendex.send.events;

import static java.util.Objects.requireNonNull;

import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.Environment;
import dev.sendex.send.emails.EmailStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Applies SES events to emails: a batch by one statement per table, in one transaction.
///
/// Applying an event again changes nothing, and the order of the events does not matter. Statements
/// lock rows in the order of their keys, and first the queue, then the emails, as the dispatcher
/// does, so that concurrent batches do not deadlock.
@ApplicationScoped
class EmailEventStore {

    /// An event of any type proves that SES has the email, so it is removed from the queue whatever
    /// the state of its claim.
    private static final String UNQUEUE =
            """
            with sent as (
                select d.account_id, d.email_id
                from unnest($1::uuid[], $2::uuid[]) as i (account_id, email_id)
                join dispatch d on d.account_id = i.account_id and d.email_id = i.email_id
                order by d.account_id, d.email_id
                for update of d
            )
            delete from dispatch d using sent s
            where d.account_id = s.account_id and d.email_id = s.email_id
            """;

    /// Locks the emails and adds the events that are not stored yet.
    private static final String ADD =
            """
            with known as (
                select account_id, id, environment, status, ses_message_id
                from email
                where (account_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
                order by account_id, id
                for no key update
            ), added as (
                insert into email_event (
                    account_id, email_id, id, type, occurred_at, recorded_at, detail)
                select k.account_id, k.id, i.id, i.type, i.occurred_at, now(), i.detail
                from unnest(
                        $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::jsonb[])
                    as i (account_id, email_id, id, type, occurred_at, detail)
                join known k on k.account_id = i.account_id and k.id = i.email_id
                on conflict on constraint email_event_pk do nothing
                returning account_id, email_id, id
            )
            select k.account_id, k.id, k.environment, k.status, k.ses_message_id, a.id as event_id
            from known k left join added a on a.account_id = k.account_id and a.email_id = k.id
            """;

    private static final String UPDATE_EMAILS =
            """
            update email e
            set status = i.status, ses_message_id = coalesce(e.ses_message_id, i.message_id)
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
                as i (account_id, email_id, status, message_id)
            where e.account_id = i.account_id and e.id = i.email_id
            """;

    private static final String SUPPRESS =
            """
            insert into suppression (account_id, id, address, reason, email_id, created_at)
            select i.account_id, i.id, i.address, i.reason, i.email_id, now()
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
                as i (account_id, email_id, id, address, reason)
            order by i.account_id, i.address
            on conflict on constraint suppression_address_unique do nothing
            """;

    private final Pool pool;
    private final Ids ids;

    EmailEventStore(Pool pool, Ids ids) {
        this.pool = pool;
        this.ids = ids;
    }

    /// The result of applying an event.
    enum Result {
        APPLIED,
        DUPLICATE,
        UNKNOWN_EMAIL
    }

    private record StoredEmail(boolean live, EmailStatus status, @Nullable String messageId) {}

    /// @param added the events that were not stored before
    private record Added(Map<EmailRef, StoredEmail> known, Set<EmailEvent.Ref> added) {}

    private record Suppression(EmailRef email, String address, String reason) {}

    /// Applies the events in one transaction.
    Uni<List<Result>> apply(List<EmailEvent> received) {
        Map<EmailEvent.Ref, EmailEvent> distinct = new LinkedHashMap<>();
        received.forEach(event -> distinct.putIfAbsent(event.ref(), event));
        List<EmailEvent> events = List.copyOf(distinct.values());
        return pool.withTransaction(transaction ->
                        unqueue(transaction, events)
                                .chain(() -> add(transaction, events))
                                .call(stored -> project(transaction, events, stored)))
                .map(stored -> results(received, stored));
    }

    private static List<Result> results(List<EmailEvent> received, Added stored) {
        Set<EmailEvent.Ref> added = new HashSet<>(stored.added());
        List<Result> results = new ArrayList<>(received.size());
        for (EmailEvent event : received) {
            if (!stored.known().containsKey(event.email())) {
                results.add(Result.UNKNOWN_EMAIL);
            } else {
                results.add(added.remove(event.ref()) ? Result.APPLIED : Result.DUPLICATE);
            }
        }
        return results;
    }

    private static Uni<Void> unqueue(SqlConnection transaction, List<EmailEvent> events) {
        List<EmailRef> emails = events.stream().map(EmailEvent::email).distinct().toList();
        return transaction
                .preparedQuery(UNQUEUE)
                .execute(keys(emails, Function.identity()))
                .replaceWithVoid();
    }

    private static Uni<Added> add(SqlConnection transaction, List<EmailEvent> events) {
        Tuple parameters =
                keys(events, EmailEvent::email)
                        .addArrayOfUUID(array(events, event -> event.ref().id(), UUID[]::new))
                        .addArrayOfString(array(events, EmailEvent::type, String[]::new))
                        .addArrayOfOffsetDateTime(
                                array(
                                        events,
                                        event -> event.occurredAt().atOffset(ZoneOffset.UTC),
                                        OffsetDateTime[]::new))
                        .addArrayOfJsonObject(array(events, EmailEvent::detail, JsonObject[]::new));
        return transaction.preparedQuery(ADD).execute(parameters).map(EmailEventStore::added);
    }

    private static Added added(RowSet<Row> rows) {
        Map<EmailRef, StoredEmail> known = new HashMap<>();
        Set<EmailEvent.Ref> added = new HashSet<>();
        for (Row row : rows) {
            EmailRef email = new EmailRef(row.getUUID("account_id"), row.getUUID("id"));
            known.put(
                    email,
                    new StoredEmail(
                            Environment.LIVE.value().equals(row.getString("environment")),
                            EmailStatus.of(row.getString("status")),
                            row.getString("ses_message_id")));
            UUID event = row.getUUID("event_id");
            if (event != null) {
                added.add(new EmailEvent.Ref(email, event));
            }
        }
        return new Added(known, added);
    }

    private Uni<Void> project(SqlConnection transaction, List<EmailEvent> events, Added stored) {
        List<EmailEvent> added =
                events.stream().filter(event -> stored.added().contains(event.ref())).toList();
        return updateEmails(transaction, added, stored.known())
                .chain(() -> suppress(transaction, suppressions(added, stored.known())));
    }

    private static Uni<Void> updateEmails(
            SqlConnection transaction, List<EmailEvent> added, Map<EmailRef, StoredEmail> known) {
        Map<EmailRef, StoredEmail> updated = new LinkedHashMap<>();
        for (EmailEvent event : added) {
            StoredEmail before = requireNonNull(known.get(event.email()));
            StoredEmail email = updated.getOrDefault(event.email(), before);
            EmailStatus status =
                    event.status() == null || event.status().compareTo(email.status()) <= 0
                            ? email.status()
                            : event.status();
            String messageId = email.messageId() == null ? event.messageId() : email.messageId();
            StoredEmail after = new StoredEmail(email.live(), status, messageId);
            if (!after.equals(before)) {
                updated.put(event.email(), after);
            }
        }
        if (updated.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<StoredEmail> emails = List.copyOf(updated.values());
        return transaction
                .preparedQuery(UPDATE_EMAILS)
                .execute(
                        keys(updated.keySet(), Function.identity())
                                .addArrayOfString(
                                        array(emails, one -> one.status().value(), String[]::new))
                                .addArrayOfString(
                                        array(emails, StoredEmail::messageId, String[]::new)))
                .replaceWithVoid();
    }

    /// Test emails never add suppressions.
    private static List<Suppression> suppressions(
            List<EmailEvent> added, Map<EmailRef, StoredEmail> known) {
        List<Suppression> suppressions = new ArrayList<>();
        for (EmailEvent event : added) {
            if (requireNonNull(known.get(event.email())).live()) {
                event.suppressed()
                        .forEach(address ->
                                suppressions.add(
                                        new Suppression(
                                                event.email(),
                                                address,
                                                event.suppressionReason())));
            }
        }
        return suppressions;
    }

    private Uni<Void> suppress(SqlConnection transaction, List<Suppression> suppressions) {
        if (suppressions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(SUPPRESS)
                .execute(
                        keys(suppressions, Suppression::email)
                                .addArrayOfUUID(array(suppressions, _ -> ids.next(), UUID[]::new))
                                .addArrayOfString(
                                        array(suppressions, Suppression::address, String[]::new))
                                .addArrayOfString(
                                        array(suppressions, Suppression::reason, String[]::new)))
                .replaceWithVoid();
    }

    /// The first two parameters of every statement.
    private static <T> Tuple keys(Collection<T> things, Function<T, EmailRef> email) {
        return Tuple.tuple()
                .addArrayOfUUID(array(things, one -> email.apply(one).accountId(), UUID[]::new))
                .addArrayOfUUID(array(things, one -> email.apply(one).emailId(), UUID[]::new));
    }

    private static <T, V extends @Nullable Object> V[] array(
            Collection<T> things, Function<T, V> value, IntFunction<V[]> array) {
        return things.stream().map(value).toArray(array);
    }
}
