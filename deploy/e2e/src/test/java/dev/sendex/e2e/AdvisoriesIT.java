package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No service ships a module in a version that `deploy/advisories.csv` lists as vulnerable,
/// according to its SBOM.
@Tag("without-executables")
class AdvisoriesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Advisory(String module, String introduced, String fixed, String id) {

        static Advisory of(String line) {
            String[] columns = line.split(",", -1);
            assertThat(columns).as(line).hasSize(4);
            return new Advisory(columns[0], columns[1], columns[2], columns[3]);
        }

        boolean isAbout(String otherModule, String version) {
            return module.equals(otherModule)
                    && (introduced.isEmpty() || compare(version, introduced) >= 0)
                    && compare(version, fixed) < 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-service",
                "send-service",
                "webhook-service",
                "deploy/migrate",
                "deploy/local"
            })
    void nothing_ships_in_a_version_with_a_known_serious_advisory(String module) throws Exception {
        List<Advisory> advisories = advisories();
        JsonNode components = sbom(module).path("components");

        assertThat(
                        components
                                .valueStream()
                                .flatMap(component ->
                                        advisories.stream()
                                                .filter(advisory ->
                                                        advisory.isAbout(
                                                                nameOf(component),
                                                                component.path("version").asText()))
                                                .map(advisory ->
                                                        advisory.id()
                                                                + " "
                                                                + component.path("purl"))))
                .isEmpty();
    }

    /// Migrations are a separate program, and services use the reactive client, so they need
    /// neither Flyway nor JDBC.
    @ParameterizedTest
    @ValueSource(strings = {"key-service", "send-service", "webhook-service"})
    void no_service_ships_flyway_or_jdbc(String module) throws Exception {
        assertThat(namesIn(module))
                .contains("io.vertx:vertx-pg-client")
                .noneMatch(name -> name.matches("org\\.flywaydb:.*|.*agroal.*|.*jdbc.*"))
                .doesNotContain("org.postgresql:postgresql");
        assertThat(namesIn("deploy/migrate"))
                .contains("org.flywaydb:flyway-core", "org.postgresql:postgresql");
    }

    @Test
    void every_advisory_concerns_a_shipped_module() throws Exception {
        List<String> shipped = namesIn("send-service");

        assertThat(shipped).contains("io.netty:netty-codec-http", "io.vertx:vertx-core");
        assertThat(advisories()).anyMatch(advisory -> shipped.contains(advisory.module()));
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.130.Final, 4.1.132.Final, -1",
        "4.1.140.Final, 4.1.132.Final, 1",
        "4.1.132.Final, 4.1.132.Final, 0",
        "4.1.9.Final, 4.1.10.Final, -1",
        "42.7, 42.7.2, -1",
        "42.7.10, 42.7.7, 1"
    })
    void versions_are_compared_number_by_number(String one, String other, int expected) {
        assertThat(Integer.signum(compare(one, other))).isEqualTo(expected);
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .filter(part -> part.matches("[0-9]{1,9}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static String nameOf(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText();
    }

    private static List<String> namesIn(String module) throws IOException {
        return sbom(module).path("components").valueStream().map(AdvisoriesIT::nameOf).toList();
    }

    private static List<Advisory> advisories() throws IOException {
        return Files.readAllLines(Stack.checkout().resolve("deploy/advisories.csv")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Advisory::of)
                .toList();
    }

    private static JsonNode sbom(String module) throws IOException {
        Path file = Stack.checkout().resolve(module).resolve("target/sbom.json");
        assertThat(file).as("the SBOM that the build of the module writes").exists();
        return JSON.readTree(file.toFile());
    }
}
