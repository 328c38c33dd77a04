/// Migrates the services' databases to the schema of this version, before the services start.
///
/// Safe to run repeatedly and concurrently: each migration is applied once, in its own transaction.
@NullMarked
package dev.sendex.migrate;

import org.jspecify.annotations.NullMarked;
