package dev.sendex.send.emails.accepting;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.emails.accepting.Handover.Claimed;
import dev.sendex.send.emails.idempotency.IdempotencyRecords;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Attempt;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Stores accepted emails.
@ApplicationScoped
class EmailStore {

    /// Stores emails with all their parts and their queue entries in one statement, hence in one
    /// transaction and one round trip. Arrays have an element per email, per recipient or per
    /// attachment, so that the statement is the same for any number of emails.
    private static final String STORE =
            """
            with given as (
                select g.*, exists (
                    select from domain d
                    where d.account_id = g.account_id and d.name = g.domain
                        and d.status = 'verified') as verified
                from unnest(
                    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[],
                    $7::text[], $8::text[], $9::text[], $10::jsonb[], $11::jsonb[], $12::text[],
                    $13::text[], $14::timestamptz[], $15::smallint[], $16::int[], $17::text[],
                    $18::bytea[], $19::boolean[]) with ordinality as g (
                        account_id, id, domain, environment, key_id, sender, sender_name, reply_to,
                        subject, headers, tags, html, text, created_at, recipients, size_bytes,
                        idempotency_key, request_hash, claimed, number)
            ), first_use as (
            """
                    + IdempotencyRecords.INSERT.formatted(
                            "given where verified and idempotency_key is not null")
                    + """
                    ), accepted as (
                        select * from given g
                        where verified and (
                            idempotency_key is null
                            or exists (select from first_use f where f.email_id = g.id))
                    ), stored as (
                        insert into email (
                            account_id, id, environment, key_id, sender, sender_name, reply_to, subject,
                            headers, tags, status, created_at)
                        select account_id, id, environment, key_id, sender, sender_name, reply_to::text[],
                            subject, headers, tags, 'queued', created_at
                        from accepted
                    ), body as (
                        insert into email_body (account_id, email_id, html, text)
                        select account_id, id, html, text from accepted
                    ), recipient as (
                        select a.account_id, a.id as email_id, r.position, r.kind, r.address, r.name
                        from accepted a
                        join unnest($20::int[], $21::smallint[], $22::text[], $23::text[], $24::text[])
                            as r (email, position, kind, address, name) on r.email = a.number
                    ), stored_recipient as (
                        insert into email_recipient (account_id, email_id, position, kind, address, name)
                        select account_id, email_id, position, kind, address, name from recipient
                    ), attachment as (
                        insert into email_attachment (
                            account_id, email_id, position, filename, content_type, content_id, content)
                        select a.account_id, a.id, f.position, f.filename, f.content_type, f.content_id,
                            f.content
                        from accepted a
                        join unnest(
                            $25::int[], $26::smallint[], $27::text[], $28::text[], $29::text[], $30::bytea[])
                            as f (email, position, filename, content_type, content_id, content)
                            on f.email = a.number
                    ), queued as (
                        insert into dispatch (
                            account_id, email_id, environment, recipients, size_bytes, state, attempts,
                            claim, leased_until, due_at, created_at)
                        select account_id, id, environment, recipients, size_bytes,
                            case when claimed then 'sending' else 'waiting' end,
                            claimed::int,
                            case when claimed then $31::uuid end,
                            case when claimed then now() + $32::bigint * interval '1 millisecond' end,
                            now(), created_at
                        from accepted
                    ), suppressed as (
                        select r.email_id, array_agg(distinct s.address) as addresses
                        from recipient r
                        join suppression s on s.account_id = r.account_id and s.address = lower(r.address)
                        group by r.email_id
                    )
                    select g.verified, a.id is not null as stored,
                        coalesce(s.addresses, array[]::text[]) as suppressed
                    from given g
                    left join accepted a on a.id = g.id
                    left join suppressed s on s.email_id = g.id
                    order by g.number
                    """;

    /// What became of an email.
    sealed interface Stored {
        /// It is committed once the statement is.
        ///
        /// @param suppressed the mailboxes of its recipients that are suppressed
        record Accepted(List<String> suppressed) implements Stored {}

        /// The account has not verified the sender's domain.
        record Unverified() implements Stored {}

        /// The request's idempotency key was used before.
        record Repeated() implements Stored {}

        /// The key's sending limit is used up.
        record OverLimit(ProblemException problem) implements Stored {}
    }

    /// Stores emails and says in the same order what became of them.
    Uni<List<Stored>> store(SqlClient database, List<NewEmail> emails, Claimed claimed) {
        return database.preparedQuery(STORE)
                .execute(parameters(emails, claimed))
                .map(rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(EmailStore::stored)
                                .toList());
    }

    private static Stored stored(Row row) {
        if (row.getBoolean("stored")) {
            return new Stored.Accepted(List.of(row.getArrayOfStrings("suppressed")));
        }
        return row.getBoolean("verified") ? new Stored.Repeated() : new Stored.Unverified();
    }

    private static Tuple parameters(List<NewEmail> emails, Claimed claimed) {
        Tuple parameters =
                Tuple.tuple()
                        .addArrayOfUUID(
                                all(emails, email -> email.email().accountId(), UUID[]::new))
                        .addArrayOfUUID(all(emails, NewEmail::id, UUID[]::new))
                        .addArrayOfString(texts(emails, email -> email.email().from().domain()))
                        .addArrayOfString(texts(emails, email -> email.email().environment()))
                        .addArrayOfUUID(all(emails, NewEmail::keyId, UUID[]::new))
                        .addArrayOfString(texts(emails, email -> email.email().from().address()))
                        .addArrayOfString(texts(emails, email -> email.email().from().name()))
                        .addArrayOfString(texts(emails, email -> arrayOf(email.email().replyTo())))
                        .addArrayOfString(texts(emails, email -> email.email().subject()))
                        .addArrayOfJsonObject(
                                all(
                                        emails,
                                        email -> json(email.email().headers()),
                                        JsonObject[]::new))
                        .addArrayOfJsonObject(
                                all(emails, email -> json(email.email().tags()), JsonObject[]::new))
                        .addArrayOfString(texts(emails, email -> email.email().html()))
                        .addArrayOfString(texts(emails, email -> email.email().text()))
                        .addArrayOfOffsetDateTime(
                                all(
                                        emails,
                                        email -> email.email().createdAt().atOffset(ZoneOffset.UTC),
                                        OffsetDateTime[]::new))
                        .addArrayOfShort(
                                all(emails, email -> (short) email.recipients(), Short[]::new))
                        .addArrayOfInteger(all(emails, NewEmail::sizeBytes, Integer[]::new))
                        .addArrayOfString(texts(emails, EmailStore::idempotencyKey))
                        .addValue(all(emails, EmailStore::fingerprint, Buffer[]::new))
                        .addArrayOfBoolean(
                                all(
                                        emails,
                                        email -> claimed.emailIds().contains(email.id()),
                                        Boolean[]::new));
        addRecipients(parameters, parts(emails, Email::recipients));
        addAttachments(parameters, parts(emails, Email::attachments));
        return parameters.addUUID(claimed.number()).addLong(claimed.lease().toMillis());
    }

    private static void addRecipients(Tuple parameters, List<Part<Recipient>> recipients) {
        addPlaces(parameters, recipients)
                .addArrayOfString(texts(recipients, part -> part.value().kind().value()))
                .addArrayOfString(texts(recipients, part -> part.value().address().address()))
                .addArrayOfString(texts(recipients, part -> part.value().address().name()));
    }

    private static void addAttachments(Tuple parameters, List<Part<Attachment>> attachments) {
        addPlaces(parameters, attachments)
                .addArrayOfString(texts(attachments, part -> part.value().filename()))
                .addArrayOfString(texts(attachments, part -> part.value().contentType()))
                .addArrayOfString(texts(attachments, part -> part.value().contentId()))
                .addValue(all(attachments, part -> part.value().content(), Buffer[]::new));
    }

    private static <T> Tuple addPlaces(Tuple parameters, List<Part<T>> parts) {
        return parameters
                .addArrayOfInteger(all(parts, Part::email, Integer[]::new))
                .addArrayOfShort(all(parts, Part::position, Short[]::new));
    }

    private static @Nullable String idempotencyKey(NewEmail email) {
        Attempt attempt = email.attempt();
        return attempt == null ? null : attempt.key().value();
    }

    private static @Nullable Buffer fingerprint(NewEmail email) {
        Attempt attempt = email.attempt();
        return attempt == null ? null : attempt.fingerprint();
    }

    private static JsonObject json(Map<String, String> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    /// A PostgreSQL array as text, since arrays of arrays must be rectangular.
    private static String arrayOf(List<EmailAddress> addresses) {
        return addresses.stream()
                .map(EmailAddress::display)
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static <T, V> @Nullable V[] all(
            List<T> items, Function<T, @Nullable V> value, IntFunction<@Nullable V[]> array) {
        return items.stream().map(value).toArray(array);
    }

    private static <T> @Nullable String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return all(items, text, String[]::new);
    }

    /// One of several parts of an email.
    ///
    /// @param email the number of the email in its batch, from 1
    /// @param position its place among the parts, from 1
    private record Part<T>(int email, short position, T value) {}

    private static <T> List<Part<T>> parts(
            List<NewEmail> emails, Function<Email, List<T>> partsOf) {
        List<Part<T>> parts = new ArrayList<>();
        for (int i = 0; i < emails.size(); i++) {
            short position = 0;
            for (T value : partsOf.apply(emails.get(i).email())) {
                parts.add(new Part<>(i + 1, ++position, value));
            }
        }
        return parts;
    }
}
