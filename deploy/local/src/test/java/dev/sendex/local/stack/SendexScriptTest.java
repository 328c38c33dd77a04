package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.local.process.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The error messages of `./sendex`.
class SendexScriptTest {

    @TempDir Path directory;

    @Test
    void help_lists_the_commands() throws Exception {
        assertThat(sendex(Map.of(), "help").output())
                .contains("up ", "down ", "status ", "logs ", "test ", "native ");
    }

    @Test
    void an_unknown_command_gets_an_error_of_one_sentence() throws Exception {
        Outcome outcome = sendex(Map.of(), "fly");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo("sendex: fly is not a command; ./sendex help lists them.\n");
    }

    @Test
    void without_a_new_enough_jdk_the_error_names_the_version_to_install() throws Exception {
        Path old = jdk("21", "21.0.5");
        Outcome outcome =
                sendex(
                        Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "SENDEX_JDK_PLACES",
                                directory + "/jdks/*"),
                        "status");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).startsWith("sendex: no JDK 25 found; install one");
    }

    @Test
    void a_jdk_in_a_standard_location_is_found_even_if_an_older_one_is_the_default()
            throws Exception {
        Path old = jdk("21", "21.0.5");
        jdk("25", "25.0.1");
        Outcome outcome =
                sendex(
                        Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "SENDEX_JDK_PLACES",
                                directory + "/jdks/*"),
                        "status");
        assertThat(outcome.output()).doesNotContain("no JDK");
    }

    @Test
    void without_maven_the_error_names_it() throws Exception {
        Outcome outcome = sendex(Map.of("JAVA_HOME", System.getProperty("java.home")), "native");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo("sendex: Maven is missing; install version 3.8.6 or newer.\n");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdks").resolve(name));
        Files.createDirectories(home.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Path file = home.resolve("bin").resolve(program);
            Files.writeString(file, "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /// Runs the script with only basic tools on its `PATH`.
    private Outcome sendex(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "sendex"));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--data", directory.resolve("stack").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Checkout.root().toFile())
                        .redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", basicTools().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private Path basicTools() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "sed", "cat", "find", "head", "mkdir")) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, where(tool));
            }
        }
        return tools;
    }

    private static Path where(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private record Outcome(int status, String output) {}
}
