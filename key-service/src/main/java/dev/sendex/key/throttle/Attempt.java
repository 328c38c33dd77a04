package dev.sendex.key.throttle;

import dev.sendex.common.network.ClientNetwork;
import dev.sendex.common.runtime.Sha256;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What is attempted, on whom and from where.
///
/// @param subject whose secret is guessed at: an email or an id. Counted the same whether there is
///   such a one or not
public record Attempt(String kind, String subject, @Nullable InetAddress client) {

    byte[] subjectHash() {
        return Sha256.of("%s subject %s".formatted(kind, subject));
    }

    byte[] clientHash() {
        return Sha256.of("%s client %s".formatted(kind, ClientNetwork.of(client)));
    }

    @Override
    public String toString() {
        return "Attempt[" + kind + "]";
    }
}
