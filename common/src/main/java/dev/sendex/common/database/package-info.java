/// PostgreSQL: timeouts, and recognising outages.
@NullMarked
package dev.sendex.common.database;

import org.jspecify.annotations.NullMarked;
