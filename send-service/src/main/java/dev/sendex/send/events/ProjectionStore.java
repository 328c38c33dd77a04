package dev.sendex.send.events;

import static java.util.Objects.requireNonNull;

import dev.sendex.send.emails.RecipientStatus;
import dev.sendex.send.events.EmailProjection.Recipient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads and writes projections of emails that the transaction has locked.
final class ProjectionStore {

    private static final String RECIPIENTS =
            """
            select account_id, email_id, position, lower(address) as mailbox, suppressed, status
            from email_recipient
            where (account_id, email_id) in (select * from unnest($1::uuid[], $2::uuid[]))
            """;

    private static final String UPDATE_RECIPIENTS =
            """
            update email_recipient r set status = i.status
            from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[])
                as i (account_id, email_id, position, status)
            where r.account_id = i.account_id and r.email_id = i.email_id and r.position = i.position
            """;

    /// The reason is the dispatcher's, and wrong if SES has sent the email all the same.
    private static final String UPDATE_EMAILS =
            """
            update email e
            set status = i.status, ses_message_id = i.message_id, engagement = i.engagement,
                status_reason = case when i.status = e.status then e.status_reason end
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
                as i (account_id, email_id, status, message_id, engagement)
            where e.account_id = i.account_id and e.id = i.email_id
            """;

    private ProjectionStore() {}

    /// Adds the recipients to emails that the transaction has locked by an earlier statement, whose
    /// snapshot may be older than the lock.
    static Uni<Map<EmailRef, EmailProjection>> load(
            SqlConnection transaction, Map<EmailRef, EmailProjection> emails) {
        if (emails.isEmpty()) {
            return Uni.createFrom().item(emails);
        }
        return transaction
                .preparedQuery(RECIPIENTS)
                .execute(EmailRef.keys(emails.keySet(), Function.identity()))
                .map(rows -> withRecipients(emails, rows));
    }

    private static Map<EmailRef, EmailProjection> withRecipients(
            Map<EmailRef, EmailProjection> emails, RowSet<Row> rows) {
        Map<EmailRef, List<Recipient>> recipients = new HashMap<>();
        for (Row row : rows) {
            recipients
                    .computeIfAbsent(
                            new EmailRef(row.getUUID("account_id"), row.getUUID("email_id")),
                            _ -> new ArrayList<>())
                    .add(
                            new Recipient(
                                    row.getInteger("position"),
                                    row.getString("mailbox"),
                                    row.getBoolean("suppressed"),
                                    RecipientStatus.of(row.getString("status"))));
        }
        Map<EmailRef, EmailProjection> loaded = new LinkedHashMap<>();
        emails.forEach((email, stored) ->
                loaded.put(email, stored.with(recipients.getOrDefault(email, List.of()))));
        return loaded;
    }

    static Uni<Void> update(
            SqlConnection transaction,
            Map<EmailRef, EmailProjection> before,
            Map<EmailRef, EmailProjection> after) {
        return updateRecipients(transaction, before, after)
                .chain(() -> updateEmails(transaction, before, after));
    }

    private record ChangedRecipient(EmailRef email, Recipient recipient) {}

    private static Uni<Void> updateRecipients(
            SqlConnection transaction,
            Map<EmailRef, EmailProjection> before,
            Map<EmailRef, EmailProjection> after) {
        List<ChangedRecipient> changed = new ArrayList<>();
        after.forEach((email, projection) -> {
            Set<Recipient> stored = new HashSet<>(requireNonNull(before.get(email)).recipients());
            projection.recipients().stream()
                    .filter(recipient -> !stored.contains(recipient))
                    .forEach(recipient -> changed.add(new ChangedRecipient(email, recipient)));
        });
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(UPDATE_RECIPIENTS)
                .execute(
                        EmailRef.keys(changed, ChangedRecipient::email)
                                .addArrayOfInteger(
                                        EmailRef.array(
                                                changed,
                                                one -> one.recipient().position(),
                                                Integer[]::new))
                                .addArrayOfString(
                                        EmailRef.array(
                                                changed,
                                                one -> value(one.recipient().status()),
                                                String[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> updateEmails(
            SqlConnection transaction,
            Map<EmailRef, EmailProjection> before,
            Map<EmailRef, EmailProjection> after) {
        Map<EmailRef, EmailProjection> changed = new LinkedHashMap<>(after);
        changed.entrySet()
                .removeIf(one ->
                        one.getValue().isSameEmail(requireNonNull(before.get(one.getKey()))));
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Collection<EmailProjection> emails = changed.values();
        return transaction
                .preparedQuery(UPDATE_EMAILS)
                .execute(
                        EmailRef.keys(changed.keySet(), Function.identity())
                                .addArrayOfString(
                                        EmailRef.array(
                                                emails, one -> one.status().value(), String[]::new))
                                .addArrayOfString(
                                        EmailRef.array(
                                                emails, EmailProjection::messageId, String[]::new))
                                .addArrayOfString(
                                        EmailRef.array(
                                                emails,
                                                one -> value(one.engagement()),
                                                String[]::new)))
                .replaceWithVoid();
    }

    private static @Nullable String value(@Nullable RecipientStatus status) {
        return status == null ? null : status.value();
    }
}
