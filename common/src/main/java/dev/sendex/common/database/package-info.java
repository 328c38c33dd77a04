/// PostgreSQL: timeouts, recognising outages, reading rows, and statements that callers share.
@NullMarked
package dev.sendex.common.database;

import org.jspecify.annotations.NullMarked;
