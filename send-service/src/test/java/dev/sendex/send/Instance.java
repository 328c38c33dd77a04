package dev.sendex.send;

import dev.sendex.local.process.ChildProcess;
import dev.sendex.local.process.Ports;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packaged service as a process.
public final class Instance implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private final ChildProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final int managementPort;

    private Instance(ChildProcess process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    static Instance start(Map<String, String> settings) throws IOException {
        int port = Ports.free();
        int managementPort = Ports.free();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + managementPort);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        Path log = Path.of("target", "instances", port + ".log");
        return new Instance(
                ChildProcess.start("send-service", command, Map.of(), log), port, managementPort);
    }

    /// Returns once the instance is ready; further requests of the test go to it.
    public void use() throws IOException {
        process.awaitUntil(() -> status(managementPort, "/q/health/ready") == 200, START_TIMEOUT);
        RestAssured.baseURI = "http://127.0.0.1";
        RestAssured.port = port;
    }

    /// Whether it handles requests, even if they are refused.
    public boolean isServing() {
        int status = status(port, "/v1/emails");
        return status != 0 && status != 503;
    }

    /// Sends SIGTERM.
    public void terminate() {
        process.terminate();
    }

    /// Sends SIGKILL and returns once the process has ended.
    public void kill() {
        ProcessHandle.of(process.pid())
                .ifPresent(running -> {
                    running.destroyForcibly();
                    running.onExit().join();
                });
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
        process.close();
        client.close();
    }

    /// The status of a response, 0 if there was none.
    private int status(int to, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
