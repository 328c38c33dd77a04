package dev.sendex.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/, KEY_SERVICE",
        "/assets/app.js, KEY_SERVICE",
        "/quick-start, KEY_SERVICE",
        "/v1/auth/sign-up, KEY_SERVICE",
        "/v1/account, KEY_SERVICE",
        "/v1/api-keys/me, KEY_SERVICE",
        "/v1/permissions, KEY_SERVICE",
        "/v1/audit-events, KEY_SERVICE",
        "/.well-known/jwks.json, KEY_SERVICE",
        "/v1/webhooks, WEBHOOK_SERVICE",
        "/v1/webhooks/1/test, WEBHOOK_SERVICE",
        "/v1/webhook-event-types, WEBHOOK_SERVICE",
        "/ingest/sns, WEBHOOK_SERVICE",
        "/v1/emails, SEND_SERVICE",
        "/v1/contacts/a%2Bb@example.com, SEND_SERVICE",
        "/v1/accounting, SEND_SERVICE",
        "/v1, SEND_SERVICE",
        "/v1/no-such-thing, SEND_SERVICE",
    })
    void a_path_is_routed_to_its_service_unchanged(String path, Service service) {
        assertThat(Route.find(path)).isEqualTo(new Route(service, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/introspect",
                "/oauth2",
                "/oauth2;a=b/introspect",
                "/o%61uth2/introspect",
                "//oauth2/introspect",
                "/v1/../oauth2/introspect",
                "/v1/%2e%2e/oauth2/introspect",
                "/x/..%2foauth2/introspect",
                "/x/..;a=b/oauth2/introspect",
                "/%256fauth2/introspect",
                "/q/health",
                "/q/metrics",
                "/ingest/other",
                "/openapi",
                "/openapi/no-service",
                "/v1/%zz",
            })
    void internal_paths_have_no_route(String path) {
        assertThat(Route.find(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "api.localhost, /emails, SEND_SERVICE, /v1/emails",
        "API.example, /api-keys/1, KEY_SERVICE, /v1/api-keys/1",
        "api.localhost, /webhooks, WEBHOOK_SERVICE, /v1/webhooks",
        "api.localhost, /v1/emails, SEND_SERVICE, /v1/emails",
        "api.localhost, /oauth2/introspect, SEND_SERVICE, /v1/oauth2/introspect",
        "api.localhost, /q/health, SEND_SERVICE, /v1/q/health",
        "localhost, /emails, KEY_SERVICE, /emails",
        "apis.localhost, /emails, KEY_SERVICE, /emails",
        ", /v1/emails, SEND_SERVICE, /v1/emails",
    })
    void api_hosts_serve_the_api_at_their_root(
            @Nullable String host, String path, Service service, String there) {
        assertThat(Route.find(host, path)).isEqualTo(new Route(service, there));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/../oauth2/introspect", "//oauth2/introspect", "/%2e%2e/q/metrics"})
    void internal_paths_have_no_route_on_api_hosts(String path) {
        assertThat(Route.find("api.localhost", path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi/key-service, KEY_SERVICE",
        "/openapi/send-service, SEND_SERVICE",
        "/openapi/webhook-service, WEBHOOK_SERVICE",
    })
    void each_service_serves_its_contract(String path, Service service) {
        assertThat(Route.find(path)).isEqualTo(new Route(service, "/openapi"));
    }
}
