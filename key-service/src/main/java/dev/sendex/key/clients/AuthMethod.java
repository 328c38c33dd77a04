package dev.sendex.key.clients;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How a service proves itself, named as in RFC 7591 and OpenID Connect.
public enum AuthMethod {
    /// HTTP Basic with its id and secret.
    CLIENT_SECRET_BASIC,
    /// A JWT that it signs with its own key (RFC 7523).
    PRIVATE_KEY_JWT;

    /// All of them, as authorization server metadata lists them.
    public static List<String> names() {
        return Arrays.stream(values())
                .map(method -> method.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
