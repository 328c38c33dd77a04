package dev.sendex.send.events;

import dev.sendex.common.runtime.Ids;
import dev.sendex.send.emails.EmailStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Applies SES events to emails.
@ApplicationScoped
class EmailEventStore {

    /// Applies one event, once: does nothing if the event is already stored. An event of any type
    /// proves that SES has the email, so it is removed from the queue whatever the state of its
    /// claim. Test emails never add suppressions.
    private static final String APPLY =
            """
            with known as (
                select account_id, id, environment from email where account_id = $1 and id = $2
            ), added as (
                insert into email_event (
                    account_id, email_id, id, type, occurred_at, recorded_at, detail)
                select account_id, id, $3::uuid, $4, $5::timestamptz, now(), $6::jsonb from known
                on conflict on constraint email_event_pk do nothing
                returning account_id, email_id
            ), unqueued as (
                delete from dispatch d using added a
                where d.account_id = a.account_id and d.email_id = a.email_id
            ), suppressed as (
                insert into suppression (account_id, id, address, reason, email_id, created_at)
                select a.account_id, s.id, s.address, $7, a.email_id, now()
                from added a
                join known k on k.environment = 'live'
                cross join unnest($8::uuid[], $9::text[]) as s (id, address)
                on conflict on constraint suppression_address_unique do nothing
            ), changed as (
                update email e
                set ses_message_id = coalesce(e.ses_message_id, $10),
                    status = case when e.status = any($11::text[]) then $12 else e.status end
                from added a
                where e.account_id = a.account_id and e.id = a.email_id
            )
            select exists (select from known) as known, exists (select from added) as added
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

    /// Applies the events in one transaction.
    Uni<List<Result>> apply(List<EmailEvent> emailEvents) {
        return pool.withTransaction(transaction ->
                Multi.createFrom()
                        .iterable(emailEvents)
                        .onItem()
                        .transformToUniAndConcatenate(emailEvent -> apply(transaction, emailEvent))
                        .collect()
                        .asList());
    }

    private Uni<Result> apply(SqlConnection transaction, EmailEvent emailEvent) {
        return transaction
                .preparedQuery(APPLY)
                .execute(parameters(emailEvent))
                .map(answer -> result(answer.iterator().next()));
    }

    private static Result result(Row row) {
        if (!row.getBoolean("known")) {
            return Result.UNKNOWN_EMAIL;
        }
        return row.getBoolean("added") ? Result.APPLIED : Result.DUPLICATE;
    }

    private Tuple parameters(EmailEvent emailEvent) {
        EmailStatus status = emailEvent.status();
        List<String> suppressed = emailEvent.suppressed();
        return Tuple.tuple()
                .addUUID(emailEvent.accountId())
                .addUUID(emailEvent.emailId())
                .addUUID(emailEvent.eventId())
                .addString(emailEvent.type())
                .addOffsetDateTime(emailEvent.occurredAt().atOffset(ZoneOffset.UTC))
                .addValue(emailEvent.detail())
                .addString(emailEvent.suppressionReason())
                .addArrayOfUUID(
                        Stream.generate(ids::next).limit(suppressed.size()).toArray(UUID[]::new))
                .addArrayOfString(suppressed.toArray(String[]::new))
                .addString(emailEvent.messageId())
                .addArrayOfString(status == null ? new String[0] : status.earlier())
                .addString(status == null ? null : status.value());
    }
}
