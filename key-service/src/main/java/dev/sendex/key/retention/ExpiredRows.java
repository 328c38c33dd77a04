package dev.sendex.key.retention;

import java.time.Duration;

/// Rows that nothing needs any more once they have been expired for a while. A feature that has
/// such produces one of these.
///
/// @param table whose rows
/// @param expiredAt when a row expired, as SQL; an index has to serve it
/// @param retention how long the row stays after that
public record ExpiredRows(String table, String expiredAt, Duration retention) {}
