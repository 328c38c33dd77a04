package dev.sendex.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Resend's npm package, unmodified, in the versions that people have (`deploy/e2e/resend`).
class ResendIT {

    private static final Path CLIENTS = Stack.checkout().resolve("deploy/e2e/resend");

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
    void whoever_comes_from_resend_changes_the_base_url_and_nothing_else() throws Exception {
        Npm.run(CLIENTS, "ci", stack);
        Npm.run(CLIENTS, "test", stack);
    }
}
