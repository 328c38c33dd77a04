package dev.sendex.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    private static final Path PAGES = Path.of("../docs/problems");

    /// The error codes of Resend's API, as its SDKs list them.
    private static final Set<String> RESEND_NAMES =
            Set.of(
                    "application_error",
                    "concurrent_idempotent_requests",
                    "daily_quota_exceeded",
                    "internal_server_error",
                    "invalid_access",
                    "invalid_api_key",
                    "invalid_attachment",
                    "invalid_idempotency_key",
                    "invalid_idempotent_request",
                    "invalid_parameter",
                    "method_not_allowed",
                    "missing_api_key",
                    "missing_required_field",
                    "monthly_quota_exceeded",
                    "not_found",
                    "rate_limit_exceeded",
                    "restricted_api_key",
                    "validation_error");

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_has_a_name_that_resends_sdks_know(Problem problem) {
        assertThat(RESEND_NAMES).contains(problem.resendName());
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_has_a_page_that_names_its_status(Problem problem) throws IOException {
        Path page = PAGES.resolve(problem.slug() + ".md");

        assertThat(Files.readString(page)).contains(Integer.toString(problem.status()));
    }

    @Test
    void every_page_belongs_to_a_problem() throws IOException {
        var slugs = Arrays.stream(Problem.values()).map(Problem::slug).collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(
                            pages.map(page -> page.getFileName().toString().replace(".md", ""))
                                    .filter(name -> !name.equals("README")))
                    .isSubsetOf(slugs);
        }
    }

    @Test
    void a_retry_after_below_one_second_is_rounded_up() {
        ProblemException problem =
                Problem.SERVICE_UNAVAILABLE.retryAfter(Duration.ofMillis(10), "Try again.");

        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }
}
