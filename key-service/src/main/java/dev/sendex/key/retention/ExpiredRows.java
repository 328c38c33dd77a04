package dev.sendex.key.retention;

import java.time.Duration;

/// Rows to delete some time after they have expired. A feature produces one bean for each of its
/// tables.
///
/// @param table the table
/// @param expiredAt an SQL expression for the time of expiry; needs an index
/// @param retention how long the row is kept after that
public record ExpiredRows(String table, String expiredAt, Duration retention) {}
