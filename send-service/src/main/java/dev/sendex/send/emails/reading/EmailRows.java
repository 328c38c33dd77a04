package dev.sendex.send.emails.reading;

import dev.sendex.send.emails.reading.EmailView.TagView;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.StoredRecipients;
import dev.sendex.send.ses.SesSender;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

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
                row.getString("status_reason"));
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
