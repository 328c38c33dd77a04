package dev.sendex.key.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPagesTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @ParameterizedTest
    @ValueSource(strings = {"/emails", "/emails/0199a0b0", "/api-keys/new", "/query", "/v1beta"})
    void a_browser_gets_the_page_at_every_address_of_the_dashboard(String path) {
        assertThat(DashboardPages.isPage(path, BROWSER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/api-keys",
                "/oauth2/introspect",
                "/openapi",
                "/q/health",
                "/.well-known/jwks.json"
            })
    void the_api_is_no_page_even_for_a_browser(String path) {
        assertThat(DashboardPages.isPage(path, BROWSER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/index.js", "/favicon.svg", "/"})
    void files_are_answered_as_they_are(String path) {
        assertThat(DashboardPages.isPage(path, BROWSER)).isFalse();
    }

    @Test
    void a_program_that_mistakes_an_address_does_not_get_a_page() {
        assertThat(DashboardPages.isPage("/emails", "application/json")).isFalse();
        assertThat(DashboardPages.isPage("/emails", "*/*")).isFalse();
        assertThat(DashboardPages.isPage("/emails", null)).isFalse();
    }
}
