package dev.sendex.bench;

import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// An account, its emails, and its connection.
record ServedAccount(UUID account, List<UUID> emails, SqlConnection connection) {

    UUID anEmail() {
        return emails.get(ThreadLocalRandom.current().nextInt(emails.size()));
    }
}
