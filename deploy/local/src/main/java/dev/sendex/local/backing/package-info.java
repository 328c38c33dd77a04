/// The servers that the services need: PostgreSQL, Kafka and the SES sandbox, without containers.
/// The local stack stores their data in a directory that the user chooses; tests use temporary
/// ones.
@NullMarked
package dev.sendex.local.backing;

import org.jspecify.annotations.NullMarked;
