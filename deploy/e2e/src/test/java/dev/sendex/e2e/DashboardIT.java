package dev.sendex.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The dashboard: its own checks, and its stories in a real browser (`deploy/e2e/dashboard`).
class DashboardIT {

    private static final Path STORIES = Stack.checkout().resolve("deploy/e2e/dashboard");
    private static final Path SOURCES = Stack.checkout().resolve("key-service/src/main/webui");

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
    @Tag("without-executables")
    void its_checks_pass() throws Exception {
        Npm.run(SOURCES, "ci", stack);
        Npm.run(SOURCES, "test", stack);
    }

    @Test
    void its_stories_pass_in_a_browser() throws Exception {
        Npm.run(STORIES, "ci", stack);
        Npm.run(STORIES, "test", stack);
    }
}
