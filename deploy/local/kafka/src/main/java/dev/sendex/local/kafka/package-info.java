/// A real Kafka broker (KRaft, combined broker and controller) as a separate program. It has its
/// own JVM and class path, so that its version is independent of the services' Kafka clients.
@NullMarked
package dev.sendex.local.kafka;

import org.jspecify.annotations.NullMarked;
