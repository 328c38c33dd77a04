package dev.sendex.local.backing;

import dev.sendex.local.process.ChildFailure;
import dev.sendex.local.process.Guard;
import dev.sendex.local.process.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server on the loopback interface.
public final class LocalPostgres implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private final EmbeddedPostgres server;
    private final ProcessHandle process;
    private final Path log;
    private final Guard guard;

    private LocalPostgres(EmbeddedPostgres server, ProcessHandle process, Path log, Guard guard) {
        this.server = server;
        this.process = process;
        this.log = log;
        this.guard = guard;
    }

    /// How much data a power failure may lose.
    public enum Durability {
        /// Nothing that was committed is lost.
        DURABLE,
        /// Everything may be lost; for tests.
        DISPOSABLE
    }

    /// Returns once the server accepts clients.
    ///
    /// @param directory owned by the caller; a server started again with it has all its databases
    public static LocalPostgres start(Path directory, Path log, Durability durability)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        awaitEndOfPredecessor(directory);
        Guard guard = Guard.over(pidFile(directory), "INT");
        try {
            EmbeddedPostgres server = startServer(directory, log, durability);
            return new LocalPostgres(server, process(directory), log, guard);
        } catch (IOException | RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private static EmbeddedPostgres startServer(Path directory, Path log, Durability durability)
            throws IOException {
        String flush = durability == Durability.DURABLE ? "on" : "off";
        ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(Ports.free())
                .setServerConfig("fsync", flush)
                .setServerConfig("synchronous_commit", flush)
                .setServerConfig("full_page_writes", flush)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .setServerConfig("timezone", "UTC")
                // Keep personal data out of the log: no statements and parameters of errors, and no
                // DETAIL with the values of a failing row.
                .setServerConfig("log_error_verbosity", "terse")
                .setServerConfig("log_min_error_statement", "panic")
                .setServerConfig("log_parameter_max_length", "0")
                .setServerConfig("log_parameter_max_length_on_error", "0")
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .start();
    }

    public void createDatabaseIfMissing(String name) throws IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            if (!exists(name, connection)) {
                create(name, connection);
            }
        } catch (SQLException e) {
            throw new IOException("cannot create the database " + name, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Completes when the server exits, with the time. Its exit status is unknown, since it is not
    /// a child of this process.
    public CompletableFuture<ChildFailure> ended() {
        return process.onExit()
                .thenApply(_ ->
                        ChildFailure.of(
                                "postgres",
                                "ended at " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                log));
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    public String reactiveUrl(String database) {
        return "postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    @Override
    public void close() throws IOException {
        server.close();
        guard.close();
    }

    /// A server whose parent was killed takes a moment to exit.
    private static void awaitEndOfPredecessor(Path directory) throws IOException {
        if (Files.exists(pidFile(directory))) {
            findProcess(directory)
                    .ifPresent(predecessor ->
                            predecessor
                                    .onExit()
                                    .completeOnTimeout(predecessor, 10, TimeUnit.SECONDS)
                                    .join());
        }
    }

    private static Optional<ProcessHandle> findProcess(Path directory) throws IOException {
        String pid = Files.readAllLines(pidFile(directory)).getFirst();
        return ProcessHandle.of(Long.parseLong(pid));
    }

    private static ProcessHandle process(Path directory) throws IOException {
        return findProcess(directory)
                .orElseThrow(() -> new IOException("PostgreSQL ended right after its start"));
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("postmaster.pid");
    }

    private static boolean exists(String name, Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select from pg_database where datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private static void create(String name, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database \"%s\"".formatted(name.replace("\"", "\"\"")));
        }
    }
}
