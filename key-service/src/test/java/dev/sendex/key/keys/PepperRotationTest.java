package dev.sendex.key.keys;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The tests run with two peppers, of which 2 is the current one.
@QuarkusTest
@RunningService
class PepperRotationTest {

    @ConfigProperty(name = "sendex.keys.peppers.\"1\"")
    String formerPepper;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject Pool pool;

    @Test
    void a_key_with_an_old_pepper_is_migrated_when_it_is_used() throws Exception {
        Response key = aKeyOfTheOldPepper();
        assertThat(pepperOf(key)).isEqualTo(1);

        with(key.path("token")).get("/v1/api-keys/me").then().statusCode(200);

        assertThat(pepperOf(key)).isEqualTo(2);
        with(key.path("token")).get("/v1/api-keys/me").then().statusCode(200);
    }

    @Test
    void the_report_counts_the_keys_of_each_pepper() throws Exception {
        int before = keysOf(1);
        Response key = aKeyOfTheOldPepper();

        assertThat(keysOf(1)).isEqualTo(before + 1);

        with(key.path("token")).get("/v1/api-keys/me");
        assertThat(keysOf(1)).isEqualTo(before);
        assertThat(report().getInt("current")).isEqualTo(2);
    }

    @Test
    void a_key_without_its_pepper_is_inactive_and_is_reported() {
        Response key = aKey();
        execute(
                "update api_key set pepper_version = 7 where id = $1",
                Tuple.of(UUID.fromString(key.path("id"))));

        with(key.path("token")).get("/v1/api-keys/me").then().statusCode(401);

        assertThat(report().getBoolean("peppers.find { it.version == 7 }.configured")).isFalse();
        assertThat(keysOf(7)).isEqualTo(1);
        execute("delete from api_key where pepper_version = 7", Tuple.tuple());
    }

    private static Response aKey() {
        return issue(anOwner(), Map.of("permissions", List.of("api_keys:read")));
    }

    private Response aKeyOfTheOldPepper() throws GeneralSecurityException {
        Response key = aKey();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(formerPepper), "HmacSHA256"));
        byte[] former = mac.doFinal(key.<String>path("token").getBytes(StandardCharsets.US_ASCII));
        execute(
                "update api_key set token_mac = $2, pepper_version = 1 where id = $1",
                Tuple.of(UUID.fromString(key.path("id")), Buffer.buffer(former)));
        return key;
    }

    private int pepperOf(Response key) {
        return pool.preparedQuery("select pepper_version from api_key where id = $1")
                .execute(Tuple.of(UUID.fromString(key.path("id"))))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger(0);
    }

    private int keysOf(int pepper) {
        return report().getInt("peppers.find { it.version == %d }.keys".formatted(pepper));
    }

    private JsonPath report() {
        return given().port(managementPort)
                .get("/q/peppers")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void execute(String statement, Tuple parameters) {
        pool.preparedQuery(statement).execute(parameters).await().indefinitely();
    }
}
