package dev.sendex.key.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.permission.EndpointPattern;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalRequestTest {

    private static final List<EndpointPattern> ORDERS =
            List.of(
                    EndpointPattern.parse("GET /orders"),
                    EndpointPattern.parse("POST /orders/{id}/notes"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders",
                "/orders/",
                "/orders?page=2",
                "/orders#top",
                "https://shop.example/orders?x=/else",
                "/%6frders"
            })
    void equivalent_spellings_of_a_path_match_its_endpoint(String address) {
        assertThat(request("GET", address).goesToOneOf(ORDERS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/7/notes", "/orders/a%40b.example/notes", "/orders/a+b/notes"})
    void a_variable_matches_any_single_segment(String address) {
        assertThat(request("POST", address).goesToOneOf(ORDERS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders//notes",
                "/orders/../notes",
                "/orders/./notes",
                "/orders/%2e%2e/notes",
                "/orders/1%2f2/notes",
                "/orders/1%5c2/notes",
                "/orders/1;v=2/notes",
                "/orders/%252e/notes",
                "/orders/%00/notes",
                "/orders/%zz/notes",
                "/orders/1/2/notes",
                "/orders/notes",
                "/Orders/1/notes",
                "orders/1/notes",
                "//shop.example/orders/1/notes",
                "https://shop.example",
                ""
            })
    void ambiguous_and_other_paths_match_no_endpoint(String address) {
        assertThat(request("POST", address).goesToOneOf(ORDERS)).isFalse();
    }

    @Test
    void the_method_must_match() {
        assertThat(request("post", "/orders/1/notes").goesToOneOf(ORDERS)).isTrue();
        assertThat(request("DELETE", "/orders").goesToOneOf(ORDERS)).isFalse();
    }

    @Test
    void a_request_without_a_method_or_path_matches_no_endpoint() {
        assertThat(OriginalRequest.of(MultiMap.caseInsensitiveMultiMap()).goesToOneOf(ORDERS))
                .isFalse();
        assertThat(headers("X-Forwarded-Uri", "/orders").goesToOneOf(ORDERS)).isFalse();
        assertThat(headers("X-Forwarded-Method", "GET").goesToOneOf(ORDERS)).isFalse();
    }

    @Test
    void contradictory_headers_match_no_endpoint() {
        assertThat(
                        headers(
                                        "X-Original-Method", "GET",
                                        "X-Original-URI", "/orders",
                                        "X-Forwarded-Uri", "/orders?x")
                                .goesToOneOf(ORDERS))
                .isTrue();
        assertThat(
                        headers(
                                        "X-Original-Method", "GET",
                                        "X-Original-URI", "/admin",
                                        "X-Forwarded-Uri", "/orders")
                                .goesToOneOf(ORDERS))
                .isFalse();
        assertThat(
                        headers(
                                        "X-Forwarded-Method", "GET",
                                        "X-Forwarded-Method", "DELETE",
                                        "X-Forwarded-Uri", "/orders")
                                .goesToOneOf(ORDERS))
                .isFalse();
    }

    private static OriginalRequest request(String method, String address) {
        return headers("X-Forwarded-Method", method, "X-Forwarded-Uri", address);
    }

    private static OriginalRequest headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            headers.add(namesAndValues[index], namesAndValues[index + 1]);
        }
        return OriginalRequest.of(headers);
    }
}
