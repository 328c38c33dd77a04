/// PostgreSQL as all services use it: bounded in time, and known to be away when it is.
@NullMarked
package dev.sendex.common.database;

import org.jspecify.annotations.NullMarked;
