package dev.sendex.local.stack;

import dev.sendex.local.stack.StackDescription.InstanceAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The stack that another process runs with a directory.
record RunningStack(StackDirectory directory) {

    private static final long TIMEOUT_SECONDS = 40;

    /// Stops the stack and waits until all of its processes have exited.
    void end(PrintStream out) throws IOException {
        @Nullable ProcessHandle owner = directory.findOwner();
        if (owner == null) {
            out.println("No stack is running in " + directory.path() + ".");
            return;
        }
        owner.destroy();
        try {
            owner.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException _) {
            owner.destroyForcibly();
        }
        out.println("Stopped. The data is kept in " + directory.path() + ".");
    }

    /// Prints the status of all parts.
    void report(PrintStream out) throws IOException {
        @Nullable ProcessHandle owner = directory.findOwner();
        @Nullable StackDescription stack = StackDescription.find(directory.description());
        if (owner == null) {
            throw new StackFailure(
                    "No stack is running in %s.%s".formatted(directory.path(), lastEnd(stack)));
        }
        if (stack == null) {
            out.println("The stack in " + directory.path() + " is starting or stopping.");
            return;
        }
        line(out, "gateway", stack.gateway().toString(), owner.pid());
        stack.services()
                .forEach((service, address) -> {
                    for (InstanceAddress instance : address.instances()) {
                        line(out, service, instance.url().toString(), instance.pid());
                    }
                });
        line(out, "postgres", stack.postgres().url(), stack.postgres().pid());
        line(out, "kafka", stack.kafka().bootstrap(), stack.kafka().pid());
        line(out, "ses sandbox", stack.sesSandbox().toString(), stack.sesSandboxPid());
    }

    /// Why the last stack ended, unless it was stopped by a user.
    private String lastEnd(@Nullable StackDescription leftBehind) throws IOException {
        if (Files.exists(directory.lastEnd())) {
            return " The last one stopped with this error:%n%s"
                    .formatted(Files.readString(directory.lastEnd()).stripTrailing());
        }
        if (leftBehind == null) {
            return "";
        }
        return " The last one was killed: it wrote %s at %s and did not remove it."
                .formatted(
                        directory.description(),
                        Files.getLastModifiedTime(directory.description()).toInstant());
    }

    private static void line(PrintStream out, String part, String address, long pid) {
        boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        out.printf("%-16s %-8s pid %-8d %s%n", part, alive ? "running" : "GONE", pid, address);
    }
}
