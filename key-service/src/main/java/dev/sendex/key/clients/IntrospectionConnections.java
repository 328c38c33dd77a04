package dev.sendex.key.clients;

/// A separate connection pool for introspection, so that other load on the database, such as a
/// flood of sign-ins, does not delay it.
public final class IntrospectionConnections {

    /// The name of the datasource.
    public static final String INTROSPECTION = "introspection";

    private IntrospectionConnections() {}
}
