package dev.sendex.common.identity.session;

import dev.sendex.common.identity.Challenges;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.permission.Permission;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Verifies session tokens: signed with ES256 by a key of [SessionKeys], issued by `sendex`, not
/// expired.
@ApplicationScoped
public class SessionVerifier {

    private static final String ISSUER = "sendex";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SessionKeys keys;
    private final SessionStatus current;
    private final DefaultJWTParser parser = new DefaultJWTParser();

    SessionVerifier(SessionKeys keys, SessionStatus current) {
        this.keys = keys;
        this.current = current;
    }

    /// Fails with the problem for the response: `invalid_api_key` for an invalid session,
    /// `service_unavailable` if the keys are not available.
    public Uni<SessionCaller> verify(String token) {
        String keyId = keyId(token);
        return keyId == null
                ? Uni.createFrom().failure(Challenges.invalidSession())
                : keys.find(keyId)
                        .onFailure()
                        .transform(_ -> Challenges.unavailable(RETRY_AFTER))
                        .map(key -> caller(token, key))
                        .chain(signed -> current.of(signed, token))
                        .map(SessionVerifier::requireOpen);
    }

    private static SessionCaller requireOpen(@Nullable SessionCaller caller) {
        if (caller == null) {
            throw Challenges.invalidSession();
        }
        return caller;
    }

    private static @Nullable String keyId(String token) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            return signature.getKeyIdHeaderValue();
        } catch (JoseException | IllegalArgumentException | ClassCastException malformed) {
            return null; // a `kid` that is not a string causes a ClassCastException
        }
    }

    private SessionCaller caller(String token, @Nullable PublicKey key) {
        if (key == null) {
            throw Challenges.invalidSession();
        }
        try {
            return caller(parser.parse(token, rules(key)));
        } catch (ParseException | IllegalArgumentException | ClassCastException refused) {
            throw Challenges.invalidSession();
        }
    }

    private static JWTAuthContextInfo rules(PublicKey key) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo(key, ISSUER);
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        rules.setClockSkew(0);
        return rules;
    }

    private static SessionCaller caller(JsonWebToken token) {
        return new SessionCaller(
                UUID.fromString(text(token, "sub")),
                UUID.fromString(text(token, "account_id")),
                UUID.fromString(text(token, "sid")),
                text(token, "role"),
                Permission.ofScope(text(token, "scope")));
    }

    private static String text(JsonWebToken token, String claim) {
        String value = token.getClaim(claim);
        if (value == null) {
            throw new IllegalArgumentException("no claim " + claim);
        }
        return value;
    }
}
