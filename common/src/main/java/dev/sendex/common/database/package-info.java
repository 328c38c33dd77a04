/// PostgreSQL: timeouts, recognising outages, and reading rows.
@NullMarked
package dev.sendex.common.database;

import org.jspecify.annotations.NullMarked;
