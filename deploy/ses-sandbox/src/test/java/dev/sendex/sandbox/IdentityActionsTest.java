package dev.sendex.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendex.sandbox.SandboxControl.Verification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.BehaviorOnMXFailure;
import software.amazon.awssdk.services.ses.model.CustomMailFromStatus;
import software.amazon.awssdk.services.ses.model.IdentityDkimAttributes;
import software.amazon.awssdk.services.ses.model.IdentityMailFromDomainAttributes;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.ses.model.VerificationStatus;

/// The actions for sender domains, called with the unmodified AWS SDK.
class IdentityActionsTest {

    private static SesSandbox sandbox;
    private static SesClient ses;

    private final String domain = UUID.randomUUID() + ".test";

    @BeforeAll
    static void start() throws Exception {
        sandbox = SesSandbox.start(SesSandboxOptions.defaults());
        ses = Sender.client(sandbox);
    }

    @BeforeEach
    void reset() {
        sandbox.control().reset();
    }

    @AfterAll
    static void stop() {
        ses.close();
        sandbox.close();
    }

    @Test
    void a_domain_is_verified_at_once() {
        String token =
                ses.verifyDomainIdentity(request -> request.domain(domain)).verificationToken();

        assertThat(token).isNotBlank();
        assertThat(status()).isEqualTo(VerificationStatus.SUCCESS);
    }

    @Test
    void easy_dkim_has_three_constant_tokens() {
        List<String> tokens = ses.verifyDomainDkim(request -> request.domain(domain)).dkimTokens();

        assertThat(tokens)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allMatch(t -> t.matches("[a-z0-9]{32}"));
        assertThat(ses.verifyDomainDkim(request -> request.domain(domain)).dkimTokens())
                .isEqualTo(tokens);
        assertThat(dkim().dkimEnabled()).isTrue();
        assertThat(dkim().dkimVerificationStatus()).isEqualTo(VerificationStatus.SUCCESS);
        assertThat(dkim().dkimTokens()).isEqualTo(tokens);
    }

    @Test
    void a_pending_domain_becomes_verified_or_failed_and_then_stays_verified() {
        sandbox.control().verification(Verification.PENDING);
        ses.verifyDomainDkim(request -> request.domain(domain));
        assertThat(status()).isEqualTo(VerificationStatus.PENDING);
        assertThat(dkim().dkimVerificationStatus()).isEqualTo(VerificationStatus.PENDING);

        sandbox.control().verification(Verification.FAILED);
        assertThat(status()).isEqualTo(VerificationStatus.FAILED);

        sandbox.control().verification(Verification.SUCCESS);
        assertThat(status()).isEqualTo(VerificationStatus.SUCCESS);

        sandbox.control().verification(Verification.FAILED);
        assertThat(status()).isEqualTo(VerificationStatus.SUCCESS);
    }

    @Test
    void a_pending_domain_may_not_send() {
        sandbox.control().verification(Verification.PENDING);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));

        SesException refused =
                catchThrowableOfType(SesException.class, () -> Sender.send(ses, "ada@example.net"));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("MessageRejected");
    }

    @Test
    void a_mail_from_domain_is_set_returned_and_removed() {
        ses.verifyDomainDkim(request -> request.domain(domain));
        ses.setIdentityMailFromDomain(
                request -> request.identity(domain).mailFromDomain("mail." + domain));

        assertThat(mailFrom().mailFromDomain()).isEqualTo("mail." + domain);
        assertThat(mailFrom().mailFromDomainStatus()).isEqualTo(CustomMailFromStatus.SUCCESS);
        assertThat(mailFrom().behaviorOnMXFailure())
                .isEqualTo(BehaviorOnMXFailure.USE_DEFAULT_VALUE);

        ses.setIdentityMailFromDomain(request -> request.identity(domain));
        assertThat(mailFrom().mailFromDomain()).isNull();
    }

    @Test
    void a_mail_from_domain_must_be_below_a_known_identity() {
        assertThat(mailFromRefusal("mail." + domain)).contains("does not exist");

        ses.verifyDomainDkim(request -> request.domain(domain));

        assertThat(mailFromRefusal("mail.elsewhere.test")).contains("is not subdomain of");
    }

    @Test
    void a_deleted_domain_is_unknown_again_and_deleting_it_twice_does_no_harm() {
        ses.verifyDomainDkim(request -> request.domain(domain));
        ses.deleteIdentity(request -> request.identity(domain));
        ses.deleteIdentity(request -> request.identity(domain));

        assertThat(
                        ses.getIdentityVerificationAttributes(request -> request.identities(domain))
                                .verificationAttributes())
                .isEmpty();
        assertThat(dkim().dkimEnabled()).isFalse();
        assertThat(dkim().dkimVerificationStatus()).isEqualTo(VerificationStatus.NOT_STARTED);
    }

    @Test
    void invalid_domain_names_are_refused() {
        SesException refused =
                catchThrowableOfType(
                        SesException.class,
                        () -> ses.verifyDomainDkim(request -> request.domain("<b>")));

        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Invalid domain name <b>.");
    }

    @Test
    void a_missing_parameter_is_a_validation_error() {
        SesException refused =
                catchThrowableOfType(SesException.class, () -> ses.verifyDomainDkim(request -> {}));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
    }

    private VerificationStatus status() {
        return ses.getIdentityVerificationAttributes(request -> request.identities(domain))
                .verificationAttributes()
                .get(domain)
                .verificationStatus();
    }

    private IdentityDkimAttributes dkim() {
        return ses.getIdentityDkimAttributes(request -> request.identities(domain))
                .dkimAttributes()
                .get(domain);
    }

    private IdentityMailFromDomainAttributes mailFrom() {
        return ses.getIdentityMailFromDomainAttributes(request -> request.identities(domain))
                .mailFromDomainAttributes()
                .get(domain);
    }

    private String mailFromRefusal(String mailFrom) {
        return catchThrowableOfType(
                        SesException.class,
                        () ->
                                ses.setIdentityMailFromDomain(request ->
                                        request.identity(domain).mailFromDomain(mailFrom)))
                .awsErrorDetails()
                .errorMessage();
    }
}
