package dev.sendex.send.domains;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import java.util.Map;

/// Requests that several tests of domains make.
abstract class DomainFixture extends SendServiceTest {

    /// A domain whose challenge is set.
    String create(TestAccount account, String name) {
        String id = createUnproven(account, name);
        setChallenge(account, id);
        return id;
    }

    static String createUnproven(TestAccount account, String name) {
        return as(account.key())
                .body(Map.of("name", name))
                .post("/v1/domains")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    static void verify(TestAccount account, String id, int status) {
        as(account.key()).post("/v1/domains/{id}/verify", id).then().statusCode(status);
    }

    static String status(TestAccount account, String id) {
        return as(account.key())
                .get("/v1/domains/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }
}
