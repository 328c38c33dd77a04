package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The dashboard: its own rules, and its stories in a real browser (`deploy/e2e/dashboard`).
class DashboardIT {

    private static final Path STORIES = Stack.checkout().resolve("deploy/e2e/dashboard");
    private static final Path SOURCES = Stack.checkout().resolve("key-service/src/main/webui");
    private static final long LIMIT_MINUTES = 5;

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
    void its_rules_hold() throws Exception {
        npm(SOURCES, "ci");
        npm(SOURCES, "test");
    }

    @Test
    void people_find_their_way_through_it_in_a_browser() throws Exception {
        npm(STORIES, "ci");
        npm(STORIES, "test");
    }

    // Its output goes to a file and not to this process's own, on which Failsafe talks to Maven.
    private static void npm(Path folder, String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sendex-npm-", ".log");
        ProcessBuilder npm =
                new ProcessBuilder(List.of("npm", "--no-update-notifier", command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        npm.environment().put("SENDEX_STACK", stack.data().resolve("stack.json").toString());
        try {
            Process running = npm.start();
            running.getOutputStream().close();
            boolean ended = running.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
            assertThat(ended && running.exitValue() == 0)
                    .as("npm %s in %s:%n%s", command, folder, Files.readString(output))
                    .isTrue();
        } finally {
            Files.delete(output);
        }
    }
}
