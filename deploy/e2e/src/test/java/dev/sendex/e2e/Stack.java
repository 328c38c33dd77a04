package dev.sendex.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running stack, started and stopped with `./sendex`.
final class Stack implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START_LIMIT_SECONDS = 240;

    private final Path data;
    private final int port;
    private String printed = "";

    private Stack(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /// Starts a stack on a free port, with its data in a new folder.
    static Stack start(String... options) {
        try {
            Stack stack = new Stack(Files.createTempDirectory("sendex-e2e"), freePort());
            stack.up(options);
            return stack;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts this stack again with its data.
    void up(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of("--detach", "--no-build"));
        if (Boolean.getBoolean("sendex.e2e.native")) {
            arguments.add("--native");
        }
        arguments.addAll(Arrays.asList(options));
        Outcome outcome = sendex("up", arguments);
        if (outcome.status() != 0) {
            throw new IllegalStateException("the stack did not start:\n" + outcome.output());
        }
        printed = outcome.output();
    }

    /// What `./sendex up` printed at the last start.
    String printed() {
        return printed;
    }

    void down() {
        sendex("down", List.of());
    }

    @Override
    public void close() {
        down();
        deleteData();
    }

    /// The content of `stack.json`.
    JsonNode description() {
        try {
            return JSON.readTree(data.resolve("stack.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String gateway() {
        return description().required("gateway").textValue();
    }

    String sandbox() {
        return description().required("ses_sandbox").textValue();
    }

    Demo demo() {
        JsonNode demo = description().required("demo");
        return new Demo(
                demo.required("email").textValue(),
                demo.required("password").textValue(),
                demo.required("domain").textValue(),
                demo.required("api_key").textValue());
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /// The logs of all parts of this stack.
    String logs() {
        StringBuilder logs = new StringBuilder();
        try (var files = Files.list(data.resolve("logs"))) {
            for (Path file : files.toList()) {
                logs.append(Files.readString(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return logs.toString();
    }

    /// Runs `./sendex` on this stack's data.
    Outcome sendex(String command, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(checkout().resolve("sendex").toString()));
        line.add(command);
        line.addAll(List.of("--data", data.toString()));
        line.addAll(arguments);
        return run(line);
    }

    static Outcome run(List<String> line) {
        try {
            Path output = Files.createTempFile("sendex-e2e", ".out");
            Process process =
                    new ProcessBuilder(line)
                            .directory(checkout().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException(
                        "no end of " + line + ":\n" + Files.readString(output));
            }
            String printed = Files.readString(output);
            Files.delete(output);
            return new Outcome(process.exitValue(), printed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("sendex"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void deleteData() {
        try (var files = Files.walk(data)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The demo account, as `stack.json` describes it.
    record Demo(String email, String password, String domain, String apiKey) {

        @Override
        public String toString() {
            return "Demo[hidden]";
        }
    }

    /// The exit status and output of a command.
    record Outcome(int status, String output) {}
}
