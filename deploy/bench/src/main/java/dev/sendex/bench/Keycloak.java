package dev.sendex.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.local.process.ChildProcess;
import dev.sendex.local.process.Guard;
import dev.sendex.local.process.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Keycloak in production mode, started as by its own script, with its own database in the stack's
/// PostgreSQL. It ends with this process at the latest.
final class Keycloak implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final int DAY = 86_400;
    private static final String REALM = "bench";
    private static final String DATABASE = "keycloak";
    private static final int OK = 200;

    /// Options that Keycloak's libraries need with Java 25.
    private static final Map<String, String> ENVIRONMENT =
            Map.of("JAVA_OPTS_APPEND", "--add-opens=java.base/java.lang=ALL-UNNAMED");

    /// A client whose tokens each have a session, which is stored in the database and can be ended.
    static final String WITH_SESSION = "with-session";

    /// A client whose tokens are not stored.
    static final String WITHOUT_SESSION = "without-session";

    private final ChildProcess script;
    private final List<ProcessHandle> programs;
    private final List<Guard> guards;
    private final URI realm;
    private final String secret;

    private Keycloak(
            ChildProcess script,
            List<ProcessHandle> programs,
            List<Guard> guards,
            URI realm,
            String secret) {
        this.script = script;
        this.programs = programs;
        this.guards = guards;
        this.realm = realm;
        this.secret = secret;
    }

    /// @param home an unpacked distribution, built for PostgreSQL
    static Keycloak start(Path home, StackClient stack, Path log) throws IOException {
        String secret = UUID.randomUUID().toString();
        writeRealm(home, secret);
        createDatabase(stack);
        int port = Ports.free();
        ChildProcess script =
                ChildProcess.start("Keycloak", command(home, stack, port), ENVIRONMENT, log);
        URI realm = URI.create("http://127.0.0.1:%d/realms/%s/".formatted(port, REALM));
        try {
            script.awaitUntil(() -> answers(realm), START_LIMIT);
        } catch (IOException e) {
            script.close();
            throw e;
        }
        List<ProcessHandle> programs =
                ProcessHandle.of(script.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList();
        List<Guard> guards = new ArrayList<>();
        for (ProcessHandle program : programs) {
            guards.add(Guard.over(program.pid(), "KILL"));
        }
        return new Keycloak(script, programs, guards, realm, secret);
    }

    private static List<String> command(Path home, StackClient stack, int port) {
        return List.of(
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--optimized",
                "--cache=local",
                "--import-realm",
                "--db-url=" + stack.jdbcUrl(DATABASE),
                "--db-username=" + stack.databaseUser(),
                "--db-password=" + stack.databasePassword(),
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false");
    }

    private static void createDatabase(StackClient stack) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(
                                stack.jdbcUrl("postgres"),
                                stack.databaseUser(),
                                stack.databasePassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("cannot create the database of Keycloak", e);
        }
    }

    /// One client of each kind, with tokens that are valid for a day.
    private static void writeRealm(Path home, String secret) throws IOException {
        Map<String, Object> realm =
                Map.of(
                        "realm", REALM,
                        "enabled", true,
                        "accessTokenLifespan", DAY,
                        "ssoSessionIdleTimeout", DAY,
                        "ssoSessionMaxLifespan", DAY,
                        "clients",
                                List.of(
                                        client(WITH_SESSION, secret, true),
                                        client(WITHOUT_SESSION, secret, false)));
        Path folder = Files.createDirectories(home.resolve("data/import"));
        new ObjectMapper().writeValue(folder.resolve(REALM + "-realm.json").toFile(), realm);
    }

    private static Map<String, Object> client(String id, String secret, boolean hasSessions) {
        return Map.of(
                "clientId",
                id,
                "secret",
                secret,
                "publicClient",
                false,
                "serviceAccountsEnabled",
                true,
                "standardFlowEnabled",
                false,
                "attributes",
                Map.of("client_credentials.use_refresh_token", Boolean.toString(hasSessions)));
    }

    private static boolean answers(URI realm) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) realm.resolve(".").toURL().openConnection();
            return connection.getResponseCode() == OK;
        } catch (IOException _) {
            return false;
        }
    }

    /// A new access token by the grant `client_credentials`.
    String token(LoadClient client, String of) throws IOException {
        JsonObject answer =
                client.require(
                        OK,
                        Call.form(endpoint("token"), of, secret, "grant_type=client_credentials"));
        return answer.getString("access_token");
    }

    Contender contender(String name, List<String> tokens) {
        URI introspection = endpoint("token/introspect");
        return Contender.of(
                name,
                tokens.stream()
                        .map(token ->
                                Contender.question(introspection, WITH_SESSION, secret, token))
                        .toList());
    }

    private URI endpoint(String name) {
        return realm.resolve("protocol/openid-connect/" + name);
    }

    @Override
    public void close() {
        script.close();
        programs.forEach(ProcessHandle::destroyForcibly);
        guards.forEach(Guard::close);
    }
}
