package dev.sendex.key.keys;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// How many keys an account may hold.
@QuarkusTest
@RunningService
class KeyLimitTest {

    private static final String COPY =
            """
            insert into api_key
            select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid()))).*
            from api_key k, generate_series(1, $2) where id = $1
            """;

    @Inject Pool pool;

    @ConfigProperty(name = "sendex.keys.limit-per-account")
    int limit;

    @Test
    void the_key_limit_is_enforced_under_concurrent_requests() throws Exception {
        String owner = anOwner();
        Response first = issue(owner, Map.of("preset", "read_only"));
        pool.preparedQuery(COPY)
                .execute(Tuple.of(UUID.fromString(first.path("id")), limit - 3))
                .await()
                .indefinitely();
        Callable<Integer> another = () -> issue(owner, Map.of("preset", "read_only")).statusCode();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses =
                    threads.invokeAll(Collections.nCopies(8, another)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(2);
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(6);
        }
        with(owner).delete("/v1/api-keys/" + first.path("id"));
        issue(owner, Map.of("preset", "read_only")).then().statusCode(201);
    }
}
