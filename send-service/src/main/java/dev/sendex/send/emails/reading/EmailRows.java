package dev.sendex.send.emails.reading;

import dev.sendex.send.emails.EmailStatus;
import dev.sendex.send.emails.RecipientStatus;
import dev.sendex.send.emails.reading.EmailView.RecipientView;
import dev.sendex.send.emails.reading.EmailView.TagView;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.StoredRecipients;
import dev.sendex.send.ses.SesSender;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Maps the rows that [EmailReader] selects.
final class EmailRows {

    private EmailRows() {}

    static EmailSummary summary(Row row) {
        return new EmailSummary(
                row.getUUID("id"),
                EmailAddress.stored(row.getString("sender_name"), row.getString("sender"))
                        .display(),
                shown(row, Kind.TO),
                shown(row, Kind.CC),
                shown(row, Kind.BCC),
                List.of(row.getArrayOfStrings("reply_to")),
                row.getString("subject"),
                row.getString("status"),
                time(row, "created_at"),
                null);
    }

    static EmailView view(Row row, SesSender ses) {
        String messageId = row.getString("ses_message_id");
        List<TagView> tags = new ArrayList<>();
        row.getJsonObject("tags")
                .forEach(
                        tag -> tags.add(new TagView(tag.getKey(), String.valueOf(tag.getValue()))));
        return new EmailView(
                "email",
                summary(row),
                row.getString("html"),
                row.getString("text"),
                tags,
                messageId == null ? null : ses.messageIdHeader(messageId),
                messageId,
                row.getString("status_reason"),
                recipients(row));
    }

    private static List<RecipientView> recipients(Row row) {
        List<Recipient> recipients = StoredRecipients.of(row);
        String[] statuses = row.getArrayOfStrings("recipient_statuses");
        List<RecipientView> views = new ArrayList<>(statuses.length);
        for (int i = 0; i < statuses.length; i++) {
            views.add(
                    new RecipientView(
                            recipients.get(i).address().address(),
                            recipients.get(i).kind().value(),
                            status(row, RecipientStatus.of(statuses[i]))));
        }
        return views;
    }

    /// Without news about a recipient, SES has the email or it has not been sent.
    private static String status(Row row, @Nullable RecipientStatus recipient) {
        if (recipient != null) {
            return recipient.shown().value();
        }
        return row.getString("ses_message_id") == null
                ? row.getString("status")
                : EmailStatus.SENT.value();
    }

    private static List<String> shown(Row row, Kind kind) {
        return StoredRecipients.of(row).stream()
                .filter(recipient -> recipient.kind() == kind)
                .map(recipient -> recipient.address().display())
                .toList();
    }

    private static Instant time(Row row, String column) {
        return row.get(OffsetDateTime.class, column).toInstant();
    }
}
