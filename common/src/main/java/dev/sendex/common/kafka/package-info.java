/// Kafka: the topics, reliable publishing, and dead letters.
@NullMarked
package dev.sendex.common.kafka;

import org.jspecify.annotations.NullMarked;
