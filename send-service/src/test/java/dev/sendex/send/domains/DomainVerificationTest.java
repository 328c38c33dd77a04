package dev.sendex.send.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.sandbox.SandboxControl.Verification;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ses.SesAsyncClient;

/// How a domain is proven with DNS and verified by SES, and which SES identities it changes.
@QuarkusTest
class DomainVerificationTest extends DomainFixture {

    /// For changes that the operator makes in the AWS account.
    @Inject SesAsyncClient operator;

    @Inject Pool pool;

    @Test
    void the_custom_return_path_sets_the_mail_from_domain() {
        TestAccount account = TestAccount.create(authority);
        String id = withReturnPath(account, account.domain(), "Bounces");
        setChallenge(account, id);
        verify(account, id, 200);

        as(account.key())
                .get("/v1/domains/{id}", id)
                .then()
                .body("status", equalTo("verified"))
                .body("records[1].name", equalTo("bounces." + account.domain()));
        assertThat(mailFrom(account.domain())).isEqualTo("bounces." + account.domain());
    }

    @Test
    void an_account_that_has_not_proven_a_domain_cannot_change_its_mail_from_domain() {
        TestAccount owner = TestAccount.create(authority);
        String id = withReturnPath(owner, owner.domain(), "bounces");
        createUnproven(TestAccount.create(authority), owner.domain());
        assertThat(mailFrom(owner.domain())).isEqualTo("send." + owner.domain());

        setChallenge(owner, id);
        verify(owner, id, 200);

        assertThat(mailFrom(owner.domain())).isEqualTo("bounces." + owner.domain());
    }

    @Test
    void a_temporary_failure_is_shown_as_failed() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain());
        pool.preparedQuery("update domain set status = 'temporary_failure' where id = $1")
                .executeAndAwait(Tuple.of(UUID.fromString(id)));
        assertThat(status(account, id)).isEqualTo("failed");
    }

    @Test
    void a_domain_is_verified_only_once_ses_reports_it() {
        TestAccount account = TestAccount.create(authority);
        ses.control().verification(Verification.PENDING);
        String id = create(account, account.domain());
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("pending");
        trySend(account.key(), account.email("ada@example.net")).statusCode(403);

        ses.control().verification(Verification.FAILED);
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("failed");

        ses.control().verification(Verification.SUCCESS);
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("verified");
        trySend(account.key(), account.email("ada@example.net")).statusCode(200);
    }

    @Test
    void a_domain_that_is_not_proven_is_not_verified_even_if_ses_reports_it() {
        TestAccount account = TestAccount.create(authority);
        String id = createUnproven(account, account.domain());
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("pending");
        trySend(account.key(), account.email("ada@example.net")).statusCode(403);

        ses.dns().put("_sendex." + account.domain(), "sendex-domain-verification=guessed");
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("pending");

        setChallenge(account, id);
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("verified");
    }

    @Test
    void of_two_accounts_with_the_same_domain_the_one_that_proves_it_verifies_it() {
        TestAccount owner = TestAccount.create(authority);
        TestAccount attacker = TestAccount.create(authority);
        String ofOwner = create(owner, owner.domain());
        String ofAttacker = createUnproven(attacker, owner.domain());
        verify(attacker, ofAttacker, 200);
        assertThat(status(attacker, ofAttacker)).isEqualTo("pending");
        verify(owner, ofOwner, 200);
        assertThat(status(owner, ofOwner)).isEqualTo("verified");
        verify(attacker, ofAttacker, 200);
        assertThat(status(attacker, ofAttacker)).isEqualTo("pending");

        as(owner.key()).delete("/v1/domains/{id}", ofOwner).then().statusCode(200);
        verify(attacker, ofAttacker, 200);
        assertThat(status(attacker, ofAttacker)).isEqualTo("pending");
    }

    @Test
    void a_domain_that_another_account_has_verified_cannot_be_added() {
        TestAccount first = TestAccount.create(authority);
        TestAccount second = TestAccount.create(authority);
        String ofSecond = create(second, first.domain());
        verify(first, create(first, first.domain()), 200);
        verify(second, ofSecond, 409);
        as(TestAccount.create(authority).key())
                .body(Map.of("name", first.domain()))
                .post("/v1/domains")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void an_identity_not_created_by_sendex_is_used_unchanged() {
        TestAccount account = TestAccount.create(authority);
        String name = account.domain();
        operator.verifyDomainDkim(r -> r.domain(name)).join();
        operator.setIdentityMailFromDomain(r -> r.identity(name).mailFromDomain("mx." + name))
                .join();

        String id = createUnproven(account, name);
        verify(account, id, 200);
        assertThat(status(account, id)).isEqualTo("pending");
        setChallenge(account, id);
        verify(account, id, 200);
        as(account.key())
                .get("/v1/domains/{id}", id)
                .then()
                .body("status", equalTo("verified"))
                .body("records[1].name", equalTo("mx." + name));
        as(account.key()).delete("/v1/domains/{id}", id).then().statusCode(200);

        assertThat(mailFrom(name)).isEqualTo("mx." + name);
    }

    @Test
    void an_identity_created_for_a_domain_is_deleted_with_it() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain());
        as(account.key()).delete("/v1/domains/{id}", id).then().statusCode(200);

        assertThat(
                        operator.getIdentityVerificationAttributes(
                                        r -> r.identities(account.domain()))
                                .join()
                                .verificationAttributes())
                .isEmpty();
    }

    private static String withReturnPath(TestAccount account, String name, String label) {
        return as(account.key())
                .body(Map.of("name", name, "custom_return_path", label))
                .post("/v1/domains")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// The MAIL FROM domain in SES.
    private String mailFrom(String domain) {
        return operator.getIdentityMailFromDomainAttributes(r -> r.identities(domain))
                .join()
                .mailFromDomainAttributes()
                .get(domain)
                .mailFromDomain();
    }
}
