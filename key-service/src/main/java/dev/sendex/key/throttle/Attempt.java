package dev.sendex.key.throttle;

import dev.sendex.common.crypto.Sha256;
import dev.sendex.common.network.ClientNetwork;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// An attempt that is rate limited.
///
/// @param subject the email or id whose secret may be guessed; counted the same whether or not it
///   exists
/// @param device a known device of the subject, which is counted instead of the client's network;
///   null for any other
public record Attempt(
        String kind,
        String subject,
        Bound bound,
        @Nullable InetAddress client,
        @Nullable String device) {

    /// The limit on attempts per subject over all networks.
    public enum Bound {

        /// For attempts that are open to everyone.
        ANYONE,

        /// For attempts of signed-in members; the limit is the same as per network.
        SIGNED_IN,

        /// For requests that send the subject an email.
        MAIL
    }

    /// An attempt from an unknown device.
    public static Attempt of(
            String kind, String subject, Bound bound, @Nullable InetAddress client) {
        return new Attempt(kind, subject, bound, client, null);
    }

    /// Identifies the pair of client and subject.
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
