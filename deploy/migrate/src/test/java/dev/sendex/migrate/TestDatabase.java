package dev.sendex.migrate;

import dev.sendex.fixture.PostgresResource;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database on a real PostgreSQL server.
record TestDatabase(String name) {

    private static final Map<String, String> SERVER = new PostgresResource().start();

    static final String USERNAME = SERVER.getOrDefault("quarkus.datasource.username", "");
    static final String PASSWORD = SERVER.getOrDefault("quarkus.datasource.password", "");

    static TestDatabase create() {
        String name = "migrate_" + UUID.randomUUID();
        new TestDatabase("postgres").execute("create database \"%s\"".formatted(name));
        return new TestDatabase(name);
    }

    static URI server() {
        return URI.create(SERVER.getOrDefault("quarkus.datasource.reactive.url", ""));
    }

    String url() {
        return "jdbc:" + server().resolve("/" + name);
    }

    DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(USERNAME);
        source.setPassword(PASSWORD);
        return source;
    }

    Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
