package dev.sendex.send.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.database.Batcher;
import dev.sendex.common.database.Batcher.Limits;
import dev.sendex.common.event.DomainEvent;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.outbox.OutboxMessage;
import dev.sendex.common.outbox.OutboxRelay;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.emails.EmailStatus;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Records the final outcome of an email and removes it from the queue, in one transaction.
@ApplicationScoped
class Outcomes {

    /// Deletes whatever the claim: the `Send` event may already have removed the email from the
    /// queue. Locks rows as the projection of events does, so that they never wait for each other:
    /// first the queue, then the emails, each in the order of the primary key.
    private static final String SENT =
            """
            with given as (
                select * from unnest($1::uuid[], $2::uuid[], $3::text[])
                    as g (account_id, email_id, message_id)
            ), queued as (
                select account_id, email_id
                from given join dispatch d using (account_id, email_id)
                order by account_id, email_id
                for update of d
            ), finished as (
                delete from dispatch d using queued q
                where d.account_id = q.account_id and d.email_id = q.email_id
                returning d.email_id
            ), sent as (
                select e.account_id, e.id, g.message_id
                from given g join email e on e.account_id = g.account_id and e.id = g.email_id
                where (select count(*) from finished) >= 0
                order by e.account_id, e.id
                for no key update of e
            ), dropped as (
                update email_recipient r
                set suppressed = true
                from sent join unnest($4::uuid[], $5::text[]) as s (email_id, address)
                    on s.email_id = sent.id
                where r.account_id = sent.account_id and r.email_id = sent.id
                    and lower(r.address) = s.address
            )
            update email e
            set ses_message_id = sent.message_id,
                status = case
                    when e.ses_message_id is null and status = any($6::text[]) then $7
                    else status
                end
            from sent
            where e.account_id = sent.account_id and e.id = sent.id
            """;

    private static final Limits LIMITS = Limits.ofItems(128, 4096, 2);

    private static final String FINISH =
            "delete from dispatch where account_id = $1 and email_id = $2 and claim = $3";

    private static final String NOT_SENT =
            """
            with dropped as (
                update email_recipient set suppressed = true
                where account_id = $1 and email_id = $2 and lower(address) = any($3::text[])
            ), recorded as (
                insert into email_event (
                    account_id, email_id, id, type, occurred_at, recorded_at, detail)
                values ($1, $2, $4, $5, $6, $6, $7)
            )
            update email set status = $8, status_reason = $9
            where account_id = $1 and id = $2 and status = any($10::text[])
            """;

    private final Pool pool;
    private final OutboxRelay outbox;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;
    private final Batcher<Sent, Sent> sent = new Batcher<>(LIMITS, _ -> 0, this::writeSent);

    Outcomes(Pool pool, OutboxRelay outbox, ObjectMapper json, Ids ids, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<Void> sent(Email email, String messageId) {
        return sent.submit(new Sent(email, messageId)).replaceWithVoid();
    }

    private record Sent(Email email, String messageId) {}

    private Uni<List<Sent>> writeSent(List<Sent> batch) {
        List<Email> emails = batch.stream().map(Sent::email).toList();
        return pool.preparedQuery(SENT)
                .execute(
                        Tuple.tuple()
                                .addArrayOfUUID(uuids(emails.stream().map(Email::accountId)))
                                .addArrayOfUUID(uuids(emails.stream().map(Email::id)))
                                .addArrayOfString(texts(batch.stream().map(Sent::messageId)))
                                .addArrayOfUUID(
                                        uuids(
                                                emails.stream()
                                                        .flatMap(email ->
                                                                email.suppressed().stream()
                                                                        .map(_ -> email.id()))))
                                .addArrayOfString(
                                        texts(
                                                emails.stream()
                                                        .map(Email::suppressed)
                                                        .flatMap(List::stream)))
                                .addArrayOfString(EmailStatus.SENT.earlier())
                                .addString(EmailStatus.SENT.value()))
                .replaceWith(batch);
    }

    private static UUID[] uuids(Stream<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static String[] texts(Stream<String> texts) {
        return texts.toArray(String[]::new);
    }

    /// The email will never be sent. SES publishes no event about it, so the customer's webhooks
    /// get one through the outbox.
    Uni<Void> failed(Claim claim, Email email, String reason) {
        return ended(claim, email, EmailStatus.FAILED, reason);
    }

    /// Every recipient is suppressed, so the email is not sent.
    Uni<Void> suppressed(Claim claim, Email email) {
        return ended(claim, email, EmailStatus.SUPPRESSED, "every recipient is suppressed");
    }

    private Uni<Void> ended(Claim claim, Email email, EmailStatus status, String reason) {
        return pool.withTransaction(transaction ->
                        finish(transaction, claim)
                                .chain(finished ->
                                        finished
                                                ? write(transaction, email, status, reason)
                                                : Uni.createFrom().voidItem()))
                .invoke(outbox::wake);
    }

    private static Uni<Boolean> finish(SqlConnection transaction, Claim claim) {
        return transaction
                .preparedQuery(FINISH)
                .execute(Tuple.of(claim.accountId(), claim.emailId(), claim.number()))
                .map(answer -> answer.rowCount() == 1);
    }

    private Uni<Void> write(
            SqlConnection transaction, Email email, EmailStatus status, String reason) {
        DomainEvent event = event(email, status, reason);
        OutboxMessage message =
                new OutboxMessage(Topics.EVENTS, email.accountId().toString(), text(event));
        return transaction
                .preparedQuery(NOT_SENT)
                .execute(
                        Tuple.tuple()
                                .addUUID(email.accountId())
                                .addUUID(email.id())
                                .addArrayOfString(email.suppressed().toArray(String[]::new))
                                .addUUID(event.id())
                                .addString(event.type())
                                .addOffsetDateTime(event.createdAt().atOffset(ZoneOffset.UTC))
                                .addValue(new JsonObject().put("reason", reason))
                                .addString(status.value())
                                .addString(reason)
                                .addArrayOfString(status.earlier()))
                .chain(() -> message.addTo(transaction));
    }

    private DomainEvent event(Email email, EmailStatus status, String reason) {
        ObjectNode data = json.createObjectNode();
        data.put("email_id", email.id().toString());
        data.putPOJO("created_at", email.createdAt());
        data.put("from", email.from().display());
        email.shownRecipients(Kind.TO).stream()
                .map(EmailAddress::display)
                .forEach(data.putArray("to")::add);
        data.put("subject", email.subject());
        ObjectNode tags = data.putObject("tags");
        email.tags().forEach(tags::put);
        data.putObject(status.value()).put("reason", reason);
        return new DomainEvent(
                ids.next(), "email." + status.value(), email.accountId(), clock.instant(), data);
    }

    private String text(DomainEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written", e);
        }
    }
}
