package dev.sendex.send.ses;

import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.model.GetIdentityDkimAttributesResponse;
import software.amazon.awssdk.services.ses.model.GetIdentityMailFromDomainAttributesResponse;
import software.amazon.awssdk.services.ses.model.GetIdentityVerificationAttributesResponse;
import software.amazon.awssdk.services.ses.model.IdentityDkimAttributes;
import software.amazon.awssdk.services.ses.model.IdentityMailFromDomainAttributes;
import software.amazon.awssdk.services.ses.model.VerifyDomainDkimResponse;

/// The sender domains as SES identities.
///
/// SES limits these calls to one per second for the whole AWS account, so a throttled call is
/// retried several times before the request fails with a 503.
@ApplicationScoped
public class SesIdentities {

    private static final int RETRIES = 4;
    private static final Duration MIN_BACKOFF = Duration.ofMillis(400);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(3);

    private final SesAsyncClient ses;
    private final AwsRequestOverrideConfiguration limits;

    SesIdentities(SesAsyncClient ses, SesConfig config) {
        this.ses = ses;
        this.limits =
                AwsRequestOverrideConfiguration.builder()
                        .apiCallTimeout(config.callTimeout())
                        .build();
    }

    /// The result of SES's DNS checks, in SES's terms: `Pending`, `Success`, `Failed`, …; null if
    /// it has not checked yet.
    public record State(
            @Nullable String verification,
            @Nullable String dkim,
            @Nullable String mailFrom,
            @Nullable String mailFromDomain) {

        static State of(
                @Nullable String verification,
                @Nullable String dkim,
                @Nullable IdentityMailFromDomainAttributes mailFrom) {
            return mailFrom == null
                    ? new State(verification, dkim, null, null)
                    : new State(
                            verification,
                            dkim,
                            mailFrom.mailFromDomainStatusAsString(),
                            emptyToNull(mailFrom.mailFromDomain()));
        }

        private static @Nullable String emptyToNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    /// The AWS region that email is sent from; some DNS records depend on it.
    public String region() {
        return ses.serviceClientConfiguration().region().id();
    }

    /// Makes the domain an SES identity if it is not one already.
    ///
    /// @return the DKIM tokens, the same on every call
    public Uni<List<String>> register(String domain, String mailFromDomain) {
        return withRetry(() ->
                        ses.verifyDomainDkim(r -> r.domain(domain).overrideConfiguration(limits)))
                .map(VerifyDomainDkimResponse::dkimTokens)
                .call(() -> setMailFrom(domain, mailFromDomain));
    }

    /// Whether the domain is an SES identity, verified or not.
    public Uni<Boolean> knows(String domain) {
        return verification(domain).map(Objects::nonNull);
    }

    /// The identity's Easy DKIM tokens; empty if Easy DKIM is not set up.
    public Uni<List<String>> dkimTokens(String domain) {
        return dkimAttributes(domain).map(found -> found == null ? List.of() : found.dkimTokens());
    }

    public Uni<State> state(String domain) {
        return Uni.combine()
                .all()
                .unis(verification(domain), dkim(domain), mailFrom(domain))
                .usingConcurrencyOf(1)
                .with(State::of);
    }

    public Uni<Void> delete(String domain) {
        return withRetry(() ->
                        ses.deleteIdentity(r -> r.identity(domain).overrideConfiguration(limits)))
                .replaceWithVoid();
    }

    public Uni<Void> setMailFrom(String domain, String mailFromDomain) {
        return withRetry(() ->
                        ses.setIdentityMailFromDomain(r ->
                                r.identity(domain)
                                        .mailFromDomain(mailFromDomain)
                                        .overrideConfiguration(limits)))
                .replaceWithVoid();
    }

    private Uni<@Nullable String> verification(String domain) {
        return withRetry(() ->
                        ses.getIdentityVerificationAttributes(
                                r -> r.identities(domain).overrideConfiguration(limits)))
                .map(GetIdentityVerificationAttributesResponse::verificationAttributes)
                .map(all -> all.get(domain))
                .map(found -> found == null ? null : found.verificationStatusAsString());
    }

    private Uni<@Nullable String> dkim(String domain) {
        return dkimAttributes(domain)
                .map(found -> found == null ? null : found.dkimVerificationStatusAsString());
    }

    private Uni<@Nullable IdentityDkimAttributes> dkimAttributes(String domain) {
        return withRetry(() ->
                        ses.getIdentityDkimAttributes(
                                r -> r.identities(domain).overrideConfiguration(limits)))
                .map(GetIdentityDkimAttributesResponse::dkimAttributes)
                .map(all -> all.get(domain));
    }

    private Uni<@Nullable IdentityMailFromDomainAttributes> mailFrom(String domain) {
        return withRetry(() ->
                        ses.getIdentityMailFromDomainAttributes(
                                r -> r.identities(domain).overrideConfiguration(limits)))
                .map(GetIdentityMailFromDomainAttributesResponse::mailFromDomainAttributes)
                .map(all -> all.get(domain));
    }

    private static <T> Uni<T> withRetry(Supplier<? extends CompletionStage<T>> request) {
        return SesCalls.call(request)
                .onFailure(SesFailures::isThrottling)
                .retry()
                .withBackOff(MIN_BACKOFF, MAX_BACKOFF)
                .atMost(RETRIES)
                .onFailure()
                .transform(SesIdentities::unavailable);
    }

    private static Throwable unavailable(Throwable failure) {
        Log.warnf("domain lookup at Amazon SES failed cause=%s", failure.getClass().getName());
        return SERVICE_UNAVAILABLE.retryAfter(
                MAX_BACKOFF, "Amazon SES did not answer in time. Try again in a few seconds.");
    }
}
