package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sandbox started as a program.
class SandboxProgramTest {

    @Test
    void it_prints_its_addresses_and_runs_until_it_is_terminated(@TempDir Path directory)
            throws Exception {
        Process program =
                start(
                        "--port",
                        "0",
                        "--dns-port",
                        "0",
                        "--data",
                        directory.resolve("ses").toString());
        try (BufferedReader output = program.inputReader(UTF_8)) {
            String url = output.readLine().replace("SES sandbox at ", "");
            assertThat(output.readLine()).startsWith("DNS at 127.0.0.1:");
            assertThat(output.readLine()).isEqualTo("ready");
            assertThat(Ingest.visit(url + "/messages").statusCode()).isEqualTo(200);

            program.destroy();
            assertThat(program.waitFor()).isEqualTo(143);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void a_wrong_option_gets_an_error_of_one_sentence() throws Exception {
        Process program = start("--port", "x");
        try (var errors =
                new BufferedReader(new InputStreamReader(program.getErrorStream(), UTF_8))) {
            assertThat(errors.readLine()).isEqualTo("--port needs a whole number, not x.");
            assertThat(program.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void options_are_parsed() {
        SesSandboxOptions options =
                SandboxProgram.parse(
                        List.of("--topic-arn", "arn:aws:sns:a", "--region", "a", "--keep", "7"));

        assertThat(options.topicArn()).isEqualTo("arn:aws:sns:a");
        assertThat(options.region()).isEqualTo("a");
        assertThat(options.keptMessages()).isEqualTo(7);
        assertThat(options.port()).isEqualTo(8025);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxProgram.parse(List.of("--fly", "1")))
                .withMessage("--fly is not an option; --help lists them.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxProgram.parse(List.of("--port")))
                .withMessage("--port needs a value; --help lists the options.");
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SandboxProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
