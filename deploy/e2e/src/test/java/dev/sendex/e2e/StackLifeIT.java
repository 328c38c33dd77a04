package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Starting, stopping and restarting a stack.
class StackLifeIT {

    @Test
    void everything_is_kept_across_a_restart() {
        try (Stack stack = Stack.start()) {
            Stack.Demo before = stack.demo();
            Api api = new Api(stack.gateway(), before.apiKey());
            String email =
                    api.send("hello@" + before.domain(), "success@simulator.amazonses.com")
                            .path("id");
            await().untilAsserted(() -> assertThat(api.lastEvent(email)).isEqualTo("delivered"));

            assertThat(
                            Stack.run(
                                            List.of(
                                                    "find",
                                                    stack.data().toString(),
                                                    "-type",
                                                    "f",
                                                    "-perm",
                                                    "/077"))
                                    .output())
                    .isBlank();

            stack.down();
            stack.up();

            assertThat(stack.demo()).isEqualTo(before);
            assertThat(api.lastEvent(email)).isEqualTo("delivered");
        }
    }

    @Test
    void the_printed_curl_command_sends_an_email() {
        try (Stack stack = Stack.start()) {
            stack.down();
            String printed = stack.up();
            String curl = printed.substring(printed.indexOf("curl -X POST"));
            curl = curl.substring(0, curl.indexOf("}'") + 2);

            Stack.Outcome sent = Stack.run(List.of("sh", "-c", curl));

            assertThat(sent.output()).contains("\"id\"");
        }
    }

    @Test
    void after_a_part_has_died_status_reports_which_when_and_why() {
        try (Stack stack = Stack.start()) {
            long sandbox = stack.description().required("ses_sandbox_pid").longValue();

            ProcessHandle.of(sandbox).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(stack.sendex("status", List.of()).output())
                                    .containsPattern(
                                            "No stack is running in .*\\R?.*ses-sandbox ended with"
                                                    + " status 137 \\(killed by signal 9\\) at 20.*;"
                                                    + " the last lines of")
                                    .contains("ready"));
        }
    }

    @Test
    void two_stacks_run_side_by_side() {
        try (Stack one = Stack.start();
                Stack other = Stack.start()) {
            Api.signedUp(one);
            Api stranger = Api.signedUp(other);

            stranger.get("/v1/emails").then().statusCode(200).body("data", hasSize(0));
            Api.anonymous(one)
                    .header("Authorization", "Bearer " + other.demo().apiKey())
                    .get("/v1/emails")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("invalid_api_key"));
        }
    }

    @Test
    void a_port_in_use_gets_a_clear_error_and_leaves_no_process() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String data = "target/taken-port";

            Stack.Outcome outcome =
                    Stack.run(
                            List.of(
                                    Stack.checkout().resolve("sendex").toString(),
                                    "up",
                                    "--data",
                                    data,
                                    "--port",
                                    port,
                                    "--no-build",
                                    "--detach"));

            assertThat(outcome.status()).isNotZero();
            assertThat(outcome.output()).contains(port).doesNotContain("\tat ");
            assertThat(ProcessHandle.allProcesses().filter(process -> uses(process, data)))
                    .isEmpty();
        }
    }

    @Test
    void a_failed_migration_stops_the_start_with_the_reason() throws IOException {
        String data = "target/failed-migration";
        List<String> up =
                new ArrayList<>(
                        List.of(
                                "env",
                                "SENDEX_MIGRATE_SEND_URL=jdbc:postgresql://127.0.0.1:1/nowhere",
                                "SENDEX_MIGRATE_CONNECT_TIMEOUT=0s",
                                Stack.checkout().resolve("sendex").toString(),
                                "up",
                                "--data",
                                data,
                                "--port",
                                Integer.toString(Stack.freePort()),
                                "--no-build",
                                "--detach"));
        if (Boolean.getBoolean("sendex.e2e.native")) {
            up.add("--native");
        }

        Stack.Outcome outcome = Stack.run(up);

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output())
                .contains(
                        "migrate ended with status 1",
                        "The schema of send-service was not migrated")
                .doesNotContain("\tat ");
        assertThat(ProcessHandle.allProcesses().filter(process -> uses(process, data))).isEmpty();
    }

    private static boolean uses(ProcessHandle process, String data) {
        return process.info().commandLine().filter(line -> line.contains(data)).isPresent();
    }
}
