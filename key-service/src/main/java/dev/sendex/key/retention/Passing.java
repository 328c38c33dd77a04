package dev.sendex.key.retention;

import java.time.Duration;

/// Rows that nothing needs any more once they have been over for a while. A feature that has such
/// produces one of these.
///
/// @param table whose rows
/// @param over when a row is over, as SQL; an index has to serve it
/// @param kept how long the row stays after that
public record Passing(String table, String over, Duration kept) {}
