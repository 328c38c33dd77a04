package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.key.ClientSecret;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/// Spring Security's token introspection, unmodified, against the running service.
@QuarkusTest
@RunningService
class SpringClientTest {

    @ClientSecret String secret;

    @Test
    void it_turns_permissions_into_authorities() {
        Response key =
                issue(anOwner(), Map.of("permissions", List.of("emails:send", "emails:read")));

        OAuth2AuthenticatedPrincipal caller = introspector(secret).introspect(key.path("token"));

        assertThat(caller.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrder("SCOPE_emails:send", "SCOPE_emails:read");
        assertThat(caller.<String>getAttribute("client_id")).isEqualTo(key.path("id"));
        assertThat(caller.<Instant>getAttribute("exp")).isAfter(Instant.now());
        assertThat(caller.<List<String>>getAttribute("sendex_allowed_domains")).isEmpty();
    }

    @Test
    void it_refuses_an_inactive_token() {
        assertThatThrownBy(() -> introspector(secret).introspect("unknown"))
                .isInstanceOf(BadOpaqueTokenException.class);
    }

    @Test
    void it_reports_a_refused_request_as_an_error() {
        assertThatThrownBy(() -> introspector("a wrong secret").introspect("unknown"))
                .isInstanceOf(OAuth2IntrospectionException.class)
                .isNotInstanceOf(BadOpaqueTokenException.class);
    }

    private static OpaqueTokenIntrospector introspector(String secret) {
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(
                        "http://127.0.0.1:" + RestAssured.port + "/oauth2/introspect")
                .clientId(SecretsResource.CLIENT)
                .clientSecret(secret)
                .build();
    }
}
