package dev.sendex.send.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// Records the final outcome of an email and removes it from the queue, in one transaction.
@ApplicationScoped
class Outcomes {

    /// Deletes whatever the claim: the `Send` event may already have removed the email from the
    /// queue.
    private static final String SENT =
            """
            with finished as (
                delete from dispatch where account_id = $1 and email_id = $2
            ), dropped as (
                update email_recipient set suppressed = true
                where account_id = $1 and email_id = $2 and lower(address) = any($3::text[])
            )
            update email
            set ses_message_id = $4, status = case when status = any($5::text[]) then $6 else status end
            where account_id = $1 and id = $2
            """;

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

    Outcomes(Pool pool, OutboxRelay outbox, ObjectMapper json, Ids ids, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<Void> sent(Email email, String messageId) {
        return pool.preparedQuery(SENT)
                .execute(
                        Tuple.tuple()
                                .addUUID(email.accountId())
                                .addUUID(email.id())
                                .addArrayOfString(email.suppressed().toArray(String[]::new))
                                .addString(messageId)
                                .addArrayOfString(EmailStatus.SENT.earlier())
                                .addString(EmailStatus.SENT.value()))
                .replaceWithVoid();
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
