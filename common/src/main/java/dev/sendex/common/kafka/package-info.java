/// Kafka: the topics, reliable publishing, and consuming batches without loss.
@NullMarked
package dev.sendex.common.kafka;

import org.jspecify.annotations.NullMarked;
