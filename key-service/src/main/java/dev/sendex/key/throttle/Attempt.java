package dev.sendex.key.throttle;

import dev.sendex.common.network.ClientNetwork;
import dev.sendex.common.runtime.Sha256;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What is attempted, on whom and from where.
///
/// @param subject whose secret is guessed at: an email or an id. Counted the same whether there is
///   such a one or not
/// @param device a browser that the subject is known to have signed in with, which is counted
///   instead of the client's network; null for any other
public record Attempt(
        String kind,
        String subject,
        Bound bound,
        @Nullable InetAddress client,
        @Nullable String device) {

    /// How many attempts on one subject are admitted, over all networks.
    public enum Bound {

        /// For what anyone can attempt.
        ANYONE,

        /// For what only people who are signed in can attempt: as few as from one network.
        SIGNED_IN,

        /// For what sends the subject a mail.
        MAIL
    }

    /// An attempt of a client that is not known.
    public static Attempt of(
            String kind, String subject, Bound bound, @Nullable InetAddress client) {
        return new Attempt(kind, subject, bound, client, null);
    }

    /// Who attempts it on whom.
    byte[] pairHash() {
        return Sha256.of(
                device == null
                        ? "%s subject %s client %s".formatted(kind, subject, network())
                        : "%s subject %s device %s".formatted(kind, subject, device));
    }

    byte[] subjectHash() {
        return Sha256.of("%s subject %s".formatted(kind, subject));
    }

    byte[] clientHash() {
        return Sha256.of("%s client %s".formatted(kind, network()));
    }

    private ClientNetwork network() {
        return ClientNetwork.of(client);
    }

    @Override
    public String toString() {
        return "Attempt[" + kind + "]";
    }
}
