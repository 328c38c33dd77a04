/// The servers that the services need: PostgreSQL and Kafka, real and without containers. The local
/// stack keeps them on a directory of the user's; tests keep them on one of their own.
@NullMarked
package dev.sendex.local.backing;

import org.jspecify.annotations.NullMarked;
