package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs npm commands against a stack, which they find by `SENDEX_STACK`.
final class Npm {

    private static final long LIMIT_MINUTES = 5;

    private Npm() {}

    // Its output goes to a file and not to this process's own, on which Failsafe talks to Maven.
    static void run(Path folder, String command, Stack stack)
            throws IOException, InterruptedException {
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
