package dev.sendex.send.message;

import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/// Reads the recipients of an email in the same query as the email itself.
public final class StoredRecipients {

    /// The columns that [#of] reads, for a query on `email e`.
    public static final String COLUMNS =
            """
            array(select kind from email_recipient r
                where r.account_id = e.account_id and r.email_id = e.id order by position) as kinds,
            array(select address from email_recipient r
                where r.account_id = e.account_id and r.email_id = e.id order by position) as addresses,
            array(select name from email_recipient r
                where r.account_id = e.account_id and r.email_id = e.id order by position) as names
            """;

    private StoredRecipients() {}

    public static List<Recipient> of(Row row) {
        String[] kinds = row.getArrayOfStrings("kinds");
        String[] addresses = row.getArrayOfStrings("addresses");
        String[] names = row.getArrayOfStrings("names");
        List<Recipient> recipients = new ArrayList<>(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            recipients.add(
                    new Recipient(Kind.of(kinds[i]), EmailAddress.stored(names[i], addresses[i])));
        }
        return recipients;
    }
}
