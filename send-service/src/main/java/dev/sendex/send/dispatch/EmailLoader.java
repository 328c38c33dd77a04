package dev.sendex.send.dispatch;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.database.Batcher;
import dev.sendex.common.database.Batcher.Limits;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Attachment;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.StoredRecipients;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Loads an email with its body and attachments, and those of its recipients that are suppressed.
@ApplicationScoped
class EmailLoader {

    private static final String LOAD =
            "select "
                    + StoredRecipients.COLUMNS
                    + """
                    , e.account_id, e.id, environment, created_at, sender, sender_name, reply_to, subject,
                    headers, tags, html, text, filenames, content_types, content_ids, contents,
                    array(
                        select s.address from suppression s
                        join email_recipient r on r.account_id = s.account_id and s.address = lower(r.address)
                        where r.account_id = e.account_id and r.email_id = e.id
                    ) as suppressed
                    from unnest($1::uuid[], $2::uuid[]) as asked (account_id, id)
                    join email e using (account_id, id)
                    join email_body b on b.account_id = e.account_id and b.email_id = e.id
                    cross join lateral (
                        select array_agg(filename order by position) as filenames,
                            array_agg(content_type order by position) as content_types,
                            array_agg(content_id order by position) as content_ids,
                            array_agg(content order by position) as contents
                        from email_attachment a where a.account_id = e.account_id and a.email_id = e.id
                    ) attached
                    """;

    private static final Limits LIMITS = new Limits(64, 8 * 1024 * 1024, 4096, Long.MAX_VALUE, 2);

    private final Pool pool;
    private final Batcher<Claim, Optional<Row>> rows =
            new Batcher<>(LIMITS, Claim::sizeBytes, this::rows);

    EmailLoader(Pool pool) {
        this.pool = pool;
    }

    /// Emails that are claimed together are loaded together.
    Uni<Email> load(Claim claim) {
        return rows.submit(claim).map(row -> email(row.orElseThrow()));
    }

    private Uni<List<Optional<Row>>> rows(List<Claim> claims) {
        UUID[] accounts = claims.stream().map(Claim::accountId).toArray(UUID[]::new);
        UUID[] ids = claims.stream().map(Claim::emailId).toArray(UUID[]::new);
        return pool.preparedQuery(LOAD)
                .execute(Tuple.of(accounts, ids))
                .map(rows -> inOrder(claims, rows));
    }

    private static List<Optional<Row>> inOrder(List<Claim> claims, Iterable<Row> rows) {
        Map<UUID, Row> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.getUUID("id"), row));
        return claims.stream()
                .map(claim -> Optional.ofNullable(byId.get(claim.emailId())))
                .toList();
    }

    /// @throws UnsendableEmail if a `reply_to` address was accepted under older, looser rules
    private static Email email(Row row) {
        try {
            return email(row, addresses(row.getArrayOfStrings("reply_to")));
        } catch (MalformedAddress e) {
            throw new UnsendableEmail(email(row, List.of()), "`reply_to` " + e.reason());
        }
    }

    private static Email email(Row row, List<EmailAddress> replyTo) {
        return new Email(
                row.getUUID("account_id"),
                row.getUUID("id"),
                row.getString("environment"),
                row.get(OffsetDateTime.class, "created_at").toInstant(),
                EmailAddress.stored(row.getString("sender_name"), row.getString("sender")),
                StoredRecipients.of(row),
                List.of(row.getArrayOfStrings("suppressed")),
                replyTo,
                row.getString("subject"),
                row.getString("html"),
                row.getString("text"),
                texts(row.getJsonObject("headers")),
                texts(row.getJsonObject("tags")),
                attachments(row));
    }

    private static List<EmailAddress> addresses(String[] shown) throws MalformedAddress {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String address : shown) {
            addresses.add(EmailAddress.parse(address));
        }
        return addresses;
    }

    private static Map<String, String> texts(JsonObject members) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach(member -> texts.put(member.getKey(), String.valueOf(member.getValue())));
        return texts;
    }

    private static List<Attachment> attachments(Row row) {
        String[] filenames = row.getArrayOfStrings("filenames");
        if (filenames == null) {
            return List.of();
        }
        String[] types = row.getArrayOfStrings("content_types");
        String[] ids = row.getArrayOfStrings("content_ids");
        Buffer[] contents = row.get(Buffer[].class, "contents");
        List<Attachment> attachments = new ArrayList<>();
        for (int i = 0; i < filenames.length; i++) {
            attachments.add(new Attachment(filenames[i], types[i], ids[i], contents[i]));
        }
        return attachments;
    }

    /// An accepted email that can never be sent.
    static final class UnsendableEmail extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Email email;
        private final String reason;

        /// @param email the email without the invalid part
        /// @param reason shown to the account
        UnsendableEmail(Email email, String reason) {
            super("an email that was accepted cannot be sent");
            this.email = email;
            this.reason = reason;
        }

        Email email() {
            return email;
        }

        String reason() {
            return reason;
        }
    }
}
