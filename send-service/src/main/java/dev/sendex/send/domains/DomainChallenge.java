package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/// Proves that an account controls a domain, by a TXT record whose value only this account was
/// given.
///
/// SES cannot do this: all accounts share one identity per domain, with the same DKIM tokens, so
/// once those records exist, any account could claim the domain.
@ApplicationScoped
class DomainChallenge {

    private static final String LABEL = "_sendex.";
    private static final String PREFIX = "sendex-domain-verification=";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final TxtLookup dns;

    DomainChallenge(TxtLookup dns) {
        this.dns = dns;
    }

    /// A random value of 122 bits.
    static String generate() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /// The name of the TXT record to create.
    static String recordName(Domain domain) {
        return LABEL + domain.name();
    }

    /// The required value of the record.
    static String recordValue(Domain domain) {
        return PREFIX + domain.challenge();
    }

    /// Whether the record exists. Always true once the domain has been verified, so the record may
    /// be removed then.
    Uni<Boolean> isMet(Domain domain) {
        return domain.verifiedAt() != null
                ? Uni.createFrom().item(true)
                : dns.find(recordName(domain))
                        .map(texts -> texts.contains(recordValue(domain)))
                        .onFailure()
                        .transform(DomainChallenge::unavailable);
    }

    private static Throwable unavailable(Throwable failure) {
        Log.warnf("DNS lookup of a domain failed cause=%s", failure.toString());
        return SERVICE_UNAVAILABLE.retryAfter(
                RETRY_AFTER, "The DNS lookup of the domain failed. Try again in a few seconds.");
    }
}
