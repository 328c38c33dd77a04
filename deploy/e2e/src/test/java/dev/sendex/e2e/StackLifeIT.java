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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Starting, stopping and restarting a stack.
class StackLifeIT {

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everything_is_kept_across_a_restart() {
        Stack.Demo before = stack.demo();
        String email = aDeliveredEmail();

        stack.down();
        stack.up();

        assertThat(stack.demo()).isEqualTo(before);
        assertThat(demoApi().lastEvent(email)).isEqualTo("delivered");
    }

    @Test
    void no_other_user_can_read_the_data() {
        List<String> find = List.of("find", stack.data().toString(), "-type", "f", "-perm", "/077");

        assertThat(Stack.run(find).output()).isBlank();
    }

    @Test
    void the_printed_curl_command_sends_an_email() {
        String printed = stack.printed();
        String curl = printed.substring(printed.indexOf("curl -X POST"));
        curl = curl.substring(0, curl.indexOf("}'") + 2);

        Stack.Outcome sent = Stack.run(List.of("sh", "-c", curl));

        assertThat(sent.output()).contains("\"id\"");
    }

    @Test
    void two_stacks_share_nothing_and_when_a_part_of_one_dies_the_other_still_runs() {
        try (Stack other = Stack.start()) {
            Api owner = Api.signedUp(stack);
            Api stranger = Api.signedUp(other);

            stranger.get("/v1/emails").then().statusCode(200).body("data", hasSize(0));
            Api.anonymous(stack)
                    .header("Authorization", "Bearer " + other.demo().apiKey())
                    .get("/v1/emails")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("invalid_api_key"));

            kill(other, "ses_sandbox_pid");

            awaitStatus(
                    other,
                    "No stack is running in .*\\R?.*ses-sandbox ended with status 137"
                            + " \\(killed by signal 9\\) at 20.*; the last lines of");
            owner.get("/v1/emails").then().statusCode(200);
        }
    }

    private static Api demoApi() {
        return new Api(stack.gateway(), stack.demo().apiKey());
    }

    private static String aDeliveredEmail() {
        Api api = demoApi();
        String email =
                api.send("hello@" + stack.demo().domain(), "success@simulator.amazonses.com")
                        .path("id");
        await().untilAsserted(() -> assertThat(api.lastEvent(email)).isEqualTo("delivered"));
        return email;
    }

    private static void kill(Stack stack, String part) {
        long pid = stack.description().required(part).longValue();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /// Waits until `./sendex status` tells why the stack ended and shows the log of the part.
    private static void awaitStatus(Stack stack, String reason) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(stack.sendex("status", List.of()).output())
                                .containsPattern(reason)
                                .contains("ready"));
    }

    @Test
    @Tag("without-executables")
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
