package dev.sendex.migrate;

/// A schema could not be migrated. The message has the schema and the reason, on one line.
final class MigrationFailure extends Exception {

    MigrationFailure(String service, Exception cause) {
        super("The schema of %s was not migrated: %s".formatted(service, oneLine(cause)), cause);
    }

    private static String oneLine(Exception cause) {
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
