package dev.sendex.key.clients;

/// The connections that introspection has to itself. Whatever else needs the database, a flood of
/// sign-ins say, waits for others, so that it keeps no question about a key waiting.
public final class IntrospectionConnections {

    /// The name of their datasource.
    public static final String INTROSPECTION = "introspection";

    private IntrospectionConnections() {}
}
