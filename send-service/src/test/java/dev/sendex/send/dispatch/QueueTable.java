package dev.sendex.send.dispatch;

import dev.sendex.send.Instances;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The queue, for what the API does not show.
///
/// @param url the address of the database, as the service has it
record QueueTable(String url, String user, String password) {

    static QueueTable of(Instances instances) {
        return new QueueTable(
                instances.setting("quarkus.datasource.reactive.url"),
                instances.setting("quarkus.datasource.username"),
                instances.setting("quarkus.datasource.password"));
    }

    /// Whether the email still has to be sent.
    boolean contains(String emailId) {
        return number("select count(*) from dispatch where email_id = ?", emailId) == 1;
    }

    /// How many emails of the account are claimed by an instance.
    long claimed(UUID accountId) {
        return number(
                "select count(*) from dispatch where account_id = ? and state = 'sending'",
                accountId.toString());
    }

    /// Identifies the claim of the email; null if it is not claimed.
    @Nullable String claim(String emailId) {
        return text("select max(claim::text) from dispatch where email_id = ?", emailId);
    }

    /// Ends the leases of all emails of the account that are claimed now, so that the grace period
    /// begins.
    void endLeases(UUID accountId) {
        text(
                "with ended as (update dispatch set leased_until = now() where account_id = ? and state = 'sending' returning 1) select count(*) from ended",
                accountId.toString());
    }

    private long number(String query, String id) {
        return Long.parseLong(String.valueOf(text(query, id)));
    }

    private @Nullable String text(String query, String id) {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url, user, password);
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, UUID.fromString(id));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
