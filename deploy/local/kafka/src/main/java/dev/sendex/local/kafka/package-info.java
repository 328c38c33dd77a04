/// A real Kafka broker (KRaft, broker and controller in one) as a program of its own. It has its
/// own JVM and its own class path, so its version is free of the one that the services' clients
/// have.
@NullMarked
package dev.sendex.local.kafka;

import org.jspecify.annotations.NullMarked;
