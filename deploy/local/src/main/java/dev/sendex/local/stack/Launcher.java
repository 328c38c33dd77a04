package dev.sendex.local.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The program behind `./sendex`: `up`, `down` and `status`.
public final class Launcher {

    private Launcher() {}

    /// Exits with status 0, or with 1 after an error message of one sentence.
    public static void main(String[] arguments) {
        int status = run(Arrays.asList(arguments), System.out, System.err);
        System.exit(status);
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            UpOptions options = UpOptions.parse(arguments.subList(1, arguments.size()));
            StackDirectory directory = new StackDirectory(options.directory());
            switch (arguments.getFirst()) {
                case "up" -> up(options, new Progress(out));
                case "down" -> new RunningStack(directory).end(out);
                case "status" -> new RunningStack(directory).report(out);
                default ->
                        throw new StackFailure(
                                "%s is not a command.".formatted(arguments.getFirst()));
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            if (!isEnding()) {
                err.println(sentence(e));
            }
            return 1;
        }
    }

    /// Whether this program is being terminated; later failures are a consequence of that.
    private static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    private static String sentence(Exception e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "no details");
        return e instanceof IOException
                ? message
                : "Unexpected: %s: %s".formatted(e.getClass().getSimpleName(), message);
    }

    /// Runs the stack until it is interrupted or a part of it fails.
    private static void up(UpOptions options, Progress progress) throws IOException {
        Stack stack = new Stack(options, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        try {
            Demo demo = stack.start();
            Welcome.print(progress, stack.gateway(), demo, options.directory());
            throw stack.awaitEndOfAProcess();
        } catch (IOException | RuntimeException e) {
            if (!isEnding()) {
                stack.recordEnd(sentence(e));
            }
            throw e;
        }
    }
}
