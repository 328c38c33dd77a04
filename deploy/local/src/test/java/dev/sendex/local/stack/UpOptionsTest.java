package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.local.gateway.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {

    @Test
    void without_options_the_defaults_apply() throws Exception {
        assertThat(UpOptions.parse(List.of()))
                .isEqualTo(new UpOptions(Path.of(".sendex"), 8080, false, false, Map.of()));
    }

    @Test
    void options_are_accepted_in_any_order() throws Exception {
        UpOptions options =
                UpOptions.parse(
                        List.of(
                                "--native",
                                "--events",
                                "kafka",
                                "--replicas",
                                "send-service=2",
                                "--port",
                                "9000",
                                "--data",
                                "here"));
        assertThat(options)
                .isEqualTo(
                        new UpOptions(
                                Path.of("here"),
                                9000,
                                true,
                                true,
                                Map.of(Service.SEND_SERVICE, 2)));
        assertThat(options.replicas(Service.KEY_SERVICE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--port, --port needs a value.",
        "--port x, '--port must be a number from 1 to 65535, not x.'",
        "--port 70000, '--port must be a number from 1 to 65535, not 70000.'",
        "--events smtp, '--events must be sns or kafka, not smtp.'",
        "--replicas mail=2, '--replicas needs a service and a number, such as send-service=2.'",
        "--fast, --fast is not an option. See ./sendex help.",
    })
    void a_wrong_option_gets_an_error_of_one_sentence(String line, String sentence) {
        assertThatThrownBy(() -> UpOptions.parse(List.of(line.split(" "))))
                .isInstanceOf(StackFailure.class)
                .hasMessage(sentence);
    }
}
