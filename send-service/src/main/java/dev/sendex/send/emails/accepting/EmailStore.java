package dev.sendex.send.emails.accepting;

import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stores accepted emails.
@ApplicationScoped
class EmailStore {

    /// Stores the email with all its parts and its queue entry in one statement, hence in one
    /// transaction and one round trip. Stores nothing if the account has not verified the sender's
    /// domain.
    private static final String ADD =
            """
            with sender as (
                select 1 from domain where account_id = $1::uuid and name = $2 and status = 'verified'
            ), accepted as (
                insert into email (
                    account_id, id, environment, key_id, sender, sender_name, reply_to, subject,
                    headers, tags, status, created_at)
                select $1, $3::uuid, $4, $5::uuid, $6, $7, $8::text[], $9,
                    $10::jsonb, $11::jsonb, 'queued', $12::timestamptz
                from sender
                returning account_id, id, created_at
            ), body as (
                insert into email_body (account_id, email_id, html, text)
                select account_id, id, $13, $14 from accepted
            ), recipient as (
                insert into email_recipient (account_id, email_id, position, kind, address, name)
                select account_id, id, r.position, r.kind, r.address, r.name
                from accepted,
                    unnest($15::text[], $16::text[], $17::text[])
                        with ordinality as r (kind, address, name, position)
            ), attachment as (
                insert into email_attachment (
                    account_id, email_id, position, filename, content_type, content_id, content)
                select account_id, id, a.position, a.filename, a.content_type, a.content_id, a.content
                from accepted,
                    unnest($18::text[], $19::text[], $20::text[], $21::bytea[])
                        with ordinality as a (filename, content_type, content_id, content, position)
            ), queued as (
                insert into dispatch (
                    account_id, email_id, environment, recipients, size_bytes, state, due_at,
                    created_at)
                select account_id, id, $4, $22::smallint, $23::integer, 'waiting', now(), created_at
                from accepted
            )
            select count(*) from accepted
            """;

    /// Stores the email.
    ///
    /// @return false if the account has not verified the sender's domain; then nothing is stored
    Uni<Boolean> add(SqlClient database, NewEmail email) {
        return database.preparedQuery(ADD)
                .execute(parameters(email))
                .map(answer -> answer.iterator().next().getLong(0) == 1);
    }

    private static Tuple parameters(NewEmail email) {
        Draft draft = email.draft();
        List<Recipient> recipients = draft.recipients();
        List<Attachment> attachments = draft.attachments();
        return Tuple.tuple()
                .addUUID(email.caller().accountId())
                .addString(draft.from().domain())
                .addUUID(email.id())
                .addString(email.caller().environment().value())
                .addUUID(email.keyId())
                .addString(draft.from().address())
                .addString(draft.from().name())
                .addArrayOfString(texts(draft.replyTo(), EmailAddress::display))
                .addString(draft.subject())
                .addValue(json(draft.headers()))
                .addValue(json(draft.tags()))
                .addOffsetDateTime(email.createdAt().atOffset(ZoneOffset.UTC))
                .addString(draft.html())
                .addString(draft.text())
                .addArrayOfString(texts(recipients, recipient -> recipient.kind().value()))
                .addArrayOfString(texts(recipients, recipient -> recipient.address().address()))
                .addArrayOfString(texts(recipients, recipient -> recipient.address().name()))
                .addArrayOfString(texts(attachments, Attachment::filename))
                .addArrayOfString(texts(attachments, Attachment::contentType))
                .addArrayOfString(texts(attachments, Attachment::contentId))
                .addValue(attachments.stream().map(Attachment::content).toArray(Buffer[]::new))
                .addInteger(recipients.size())
                .addInteger(draft.sizeBytes());
    }

    private static JsonObject json(Map<String, String> members) {
        return new JsonObject(Map.copyOf(members));
    }

    private static <T> @Nullable String[] texts(
            List<T> things, Function<T, @Nullable String> text) {
        return things.stream().map(text).toArray(String[]::new);
    }
}
