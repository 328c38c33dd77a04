package dev.sendex.key.clients;

import dev.sendex.key.clients.ClientAuthentication.ResourceServer;
import dev.sendex.key.clients.ResourceServers.Registered.WithKeys;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jspecify.annotations.Nullable;

/// Verifies the assertions that services authenticate with (RFC 7523, section 3): signed by a
/// registered key, issued by and about the service itself, for this audience, short-lived, with an
/// id.
@ApplicationScoped
class ClientAssertions {

    /// A valid assertion, if it was not used before.
    ///
    /// @param retainUntil how long its id must be stored: from then on it has expired
    record Verified(ResourceServer server, String id, Instant retainUntil) {}

    private static final String[] ALGORITHMS = {
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
        AlgorithmIdentifiers.RSA_USING_SHA256,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
        AlgorithmIdentifiers.EDDSA,
        Ed25519.NAME
    };

    private final ResourceServers servers;
    private final Set<String> audiences;
    private final Duration maxLifetime;
    private final Duration clockSkew;
    private final Clock clock;
    private final JwtConsumer reader =
            new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .setSkipSignatureVerification()
                    .build();

    ClientAssertions(ResourceServers servers, ClientConfig config, Clock clock) {
        this.servers = servers;
        this.audiences =
                config.assertions()
                        .audiences()
                        .orElseGet(() -> Set.of(config.issuer(), config.endpoint()));
        this.maxLifetime = config.assertions().maxLifetime();
        this.clockSkew = config.assertions().clockSkew();
        this.clock = clock;
    }

    /// Registers the algorithm at startup, because jose4j's registry is not thread-safe.
    void prepare(@Observes StartupEvent started) {
        Ed25519.register();
    }

    /// Verifies everything except that it is used for the first time.
    ///
    /// @throws OAuthRefusal `invalid_client`, with the same description for every cause
    Verified verify(String jwt) {
        try {
            JwtContext unverified = reader.process(jwt);
            @Nullable String issuer = unverified.getJwtClaims().getIssuer();
            @Nullable WithKeys client = issuer == null ? null : servers.findSigning(issuer);
            if (client == null) {
                throw invalidAssertion();
            }
            consumer(client).processContext(unverified);
            return verified(client.server(), unverified.getJwtClaims());
        } catch (InvalidJwtException invalid) {
            // The message contains the claims; the codes are sufficient.
            Log.debugf("client assertion refused codes=%s", codes(invalid));
            throw invalidAssertion();
        } catch (MalformedClaimException invalid) {
            throw invalidAssertion();
        }
    }

    /// The signature algorithms that are accepted.
    static List<String> algorithms() {
        return List.of(ALGORITHMS);
    }

    private JwtConsumer consumer(WithKeys client) {
        String id = client.server().clientId();
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
                .setVerificationKeyResolver(new RegisteredKeys(client.keys()))
                .setExpectedIssuer(id)
                .setExpectedSubject(id)
                .setExpectedAudience(audiences.toArray(String[]::new))
                .setRequireExpirationTime()
                .setRequireJwtId()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds((int) clockSkew.toSeconds())
                .build();
    }

    private Verified verified(ResourceServer server, JwtClaims claims)
            throws MalformedClaimException {
        long expiry = claims.getExpirationTime().getValue();
        if (expiry > clock.instant().plus(maxLifetime).plus(clockSkew).getEpochSecond()) {
            throw OAuthRefusal.invalidClient(
                    "The client assertion may expire at most %d seconds from now."
                            .formatted(maxLifetime.toSeconds()));
        }
        Instant retainUntil = Instant.ofEpochSecond(expiry).plus(clockSkew).plusSeconds(1);
        return new Verified(server, claims.getJwtId(), retainUntil);
    }

    private static List<Integer> codes(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream()
                .map(ErrorCodeValidator.Error::getErrorCode)
                .toList();
    }

    private static OAuthRefusal invalidAssertion() {
        return OAuthRefusal.invalidClient(
                "The client assertion is not signed by a registered key, out of date, of another"
                        + " audience, or without iss, sub, exp or jti.");
    }
}
