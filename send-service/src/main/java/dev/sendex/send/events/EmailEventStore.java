package dev.sendex.send.events;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.Environment;
import dev.sendex.send.emails.EmailStatus;
import dev.sendex.send.emails.RecipientStatus;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

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
                select account_id, id, environment, status, ses_message_id, engagement
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
            select k.*, a.id as event_id
            from known k left join added a on a.account_id = k.account_id and a.email_id = k.id
            """;

    private static final String SUPPRESS =
            """
            insert into suppression (account_id, id, address, reason, email_id, created_at)
            select i.account_id, i.id, i.address, i.reason, i.email_id, now()
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
                as i (account_id, email_id, id, address, reason)
            order by i.account_id, i.address, i.id
            on conflict on constraint suppression_address_unique do nothing
            """;

    private final Pool pool;
    private final SoftBounces softBounces;
    private final Ids ids;

    EmailEventStore(Pool pool, SoftBounces softBounces, Ids ids) {
        this.pool = pool;
        this.softBounces = softBounces;
        this.ids = ids;
    }

    /// The result of applying an event.
    enum Result {
        APPLIED,
        DUPLICATE,
        UNKNOWN_EMAIL
    }

    /// The emails of a batch, locked, and their events that were not stored before.
    ///
    /// @param emails without their recipients
    private record Added(
            Map<EmailRef, EmailProjection> emails,
            Set<EmailRef> live,
            Map<EmailRef, List<EmailEvent>> events) {

        boolean isKnown(EmailRef email) {
            return emails.containsKey(email);
        }

        /// Test emails never add suppressions.
        List<EmailEvent> liveEvents() {
            return events.values().stream()
                    .flatMap(List::stream)
                    .filter(event -> live.contains(event.email()))
                    .toList();
        }
    }

    /// Applies the events in one transaction.
    Uni<List<Result>> apply(List<EmailEvent> received) {
        Map<EmailEvent.Ref, EmailEvent> distinct = new LinkedHashMap<>();
        received.forEach(event -> distinct.putIfAbsent(event.ref(), event));
        List<EmailEvent> events = List.copyOf(distinct.values());
        return pool.withTransaction(transaction ->
                        unqueue(transaction, events)
                                .chain(() -> add(transaction, events))
                                .call(added -> project(transaction, added)))
                .map(added -> results(received, added));
    }

    private static List<Result> results(List<EmailEvent> received, Added added) {
        Set<EmailEvent.Ref> applied = new HashSet<>();
        added.events().values().forEach(all -> all.forEach(event -> applied.add(event.ref())));
        List<Result> results = new ArrayList<>(received.size());
        for (EmailEvent event : received) {
            if (!added.isKnown(event.email())) {
                results.add(Result.UNKNOWN_EMAIL);
            } else {
                results.add(applied.remove(event.ref()) ? Result.APPLIED : Result.DUPLICATE);
            }
        }
        return results;
    }

    private static Uni<Void> unqueue(SqlConnection transaction, List<EmailEvent> events) {
        List<EmailRef> emails = events.stream().map(EmailEvent::email).distinct().toList();
        return transaction
                .preparedQuery(UNQUEUE)
                .execute(EmailRef.keys(emails, Function.identity()))
                .replaceWithVoid();
    }

    private static Uni<Added> add(SqlConnection transaction, List<EmailEvent> events) {
        Tuple parameters =
                EmailRef.keys(events, EmailEvent::email)
                        .addArrayOfUUID(
                                EmailRef.array(events, event -> event.ref().id(), UUID[]::new))
                        .addArrayOfString(EmailRef.array(events, EmailEvent::type, String[]::new))
                        .addArrayOfOffsetDateTime(
                                EmailRef.array(
                                        events,
                                        event -> event.occurredAt().atOffset(ZoneOffset.UTC),
                                        OffsetDateTime[]::new))
                        .addArrayOfJsonObject(
                                EmailRef.array(events, EmailEvent::detail, JsonObject[]::new));
        return transaction.preparedQuery(ADD).execute(parameters).map(rows -> added(rows, events));
    }

    private static Added added(RowSet<Row> rows, List<EmailEvent> events) {
        Map<EmailRef, EmailProjection> emails = new HashMap<>();
        Set<EmailRef> live = new HashSet<>();
        Set<EmailEvent.Ref> added = new HashSet<>();
        for (Row row : rows) {
            EmailRef email = new EmailRef(row.getUUID("account_id"), row.getUUID("id"));
            emails.put(
                    email,
                    new EmailProjection(
                            EmailStatus.of(row.getString("status")),
                            row.getString("ses_message_id"),
                            RecipientStatus.of(row.getString("engagement")),
                            List.of()));
            if (Environment.LIVE.value().equals(row.getString("environment"))) {
                live.add(email);
            }
            UUID event = row.getUUID("event_id");
            if (event != null) {
                added.add(new EmailEvent.Ref(email, event));
            }
        }
        return new Added(
                emails,
                live,
                events.stream()
                        .filter(event -> added.contains(event.ref()))
                        .collect(groupingBy(EmailEvent::email, LinkedHashMap::new, toList())));
    }

    private Uni<Void> project(SqlConnection transaction, Added added) {
        return ProjectionStore.load(transaction, changed(added))
                .chain(before -> project(transaction, added, before));
    }

    private Uni<Void> project(
            SqlConnection transaction, Added added, Map<EmailRef, EmailProjection> before) {
        Map<EmailRef, EmailProjection> after = after(before, added.events());
        return ProjectionStore.update(transaction, before, after)
                .chain(() -> suppressions(transaction, added.liveEvents(), after))
                .chain(suppressions -> suppress(transaction, suppressions));
    }

    /// Without the emails about which nothing new is known.
    private static Map<EmailRef, EmailProjection> changed(Added added) {
        Map<EmailRef, EmailProjection> changed = new LinkedHashMap<>();
        added.events()
                .forEach((email, events) -> {
                    EmailProjection stored = requireNonNull(added.emails().get(email));
                    if (!events.stream().allMatch(stored::isKnown)) {
                        changed.put(email, stored);
                    }
                });
        return changed;
    }

    private static Map<EmailRef, EmailProjection> after(
            Map<EmailRef, EmailProjection> before, Map<EmailRef, List<EmailEvent>> events) {
        Map<EmailRef, EmailProjection> after = new LinkedHashMap<>();
        before.forEach((email, stored) ->
                after.put(email, stored.after(events.getOrDefault(email, List.of()))));
        return after;
    }

    private Uni<List<Suppression>> suppressions(
            SqlConnection transaction,
            List<EmailEvent> events,
            Map<EmailRef, EmailProjection> emails) {
        List<Suppression> suppressions = new ArrayList<>();
        List<SoftBounces.Contact> bounces = new ArrayList<>();
        List<SoftBounces.Contact> deliveries = new ArrayList<>();
        for (EmailEvent event : events) {
            event.suppressed()
                    .forEach(address ->
                            suppressions.add(
                                    new Suppression(
                                            event.email(), address, event.suppressionReason())));
            for (EmailEvent.SoftBounce bounce : event.softBounces()) {
                // An automatic reply is reported as a soft bounce too, but after the delivery.
                if (requireNonNull(emails.get(event.email())).hasSoftBounced(bounce.mailbox())) {
                    if (bounce.expired() && softBounces.suppressesExpired()) {
                        suppressions.add(
                                new Suppression(
                                        event.email(),
                                        bounce.mailbox(),
                                        event.suppressionReason()));
                    } else {
                        bounces.add(contact(event, bounce.mailbox()));
                    }
                }
            }
            if (event.status() == RecipientStatus.DELIVERED) {
                event.recipients().forEach(mailbox -> deliveries.add(contact(event, mailbox)));
            }
        }
        return softBounces
                .record(transaction, bounces, deliveries)
                .invoke(suppressions::addAll)
                .replaceWith(suppressions);
    }

    private static SoftBounces.Contact contact(EmailEvent event, String mailbox) {
        return new SoftBounces.Contact(event.email(), mailbox, event.occurredAt());
    }

    private Uni<Void> suppress(SqlConnection transaction, List<Suppression> suppressions) {
        if (suppressions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(SUPPRESS)
                .execute(
                        EmailRef.keys(suppressions, Suppression::email)
                                .addArrayOfUUID(
                                        EmailRef.array(suppressions, _ -> ids.next(), UUID[]::new))
                                .addArrayOfString(
                                        EmailRef.array(
                                                suppressions, Suppression::address, String[]::new))
                                .addArrayOfString(
                                        EmailRef.array(
                                                suppressions, Suppression::reason, String[]::new)))
                .replaceWithVoid();
    }
}
