package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        assertThat(npm(SOURCES, "ci")).isZero();
        assertThat(npm(SOURCES, "test")).isZero();
    }

    @Test
    void people_find_their_way_through_it_in_a_browser() throws Exception {
        assertThat(npm(STORIES, "ci")).isZero();
        assertThat(npm(STORIES, "test")).isZero();
    }

    private static int npm(Path folder, String command) throws IOException, InterruptedException {
        ProcessBuilder npm =
                new ProcessBuilder(List.of("npm", "--no-update-notifier", command))
                        .directory(folder.toFile())
                        .inheritIO();
        npm.environment().put("SENDEX_STACK", stack.data().resolve("stack.json").toString());
        Process running = npm.start();
        if (!running.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            throw new AssertionError("no end of npm " + command + " in " + folder);
        }
        return running.exitValue();
    }
}
