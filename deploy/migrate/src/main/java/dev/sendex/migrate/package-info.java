/// Brings the databases of the services to the schema of this version, before the services start.
///
/// Running it again changes nothing, and several instances may run at once: each migration is
/// applied once, in a transaction of its own.
@NullMarked
package dev.sendex.migrate;

import org.jspecify.annotations.NullMarked;
