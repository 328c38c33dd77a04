/// Kafka as the services use it: the topics where they meet, records that are published for sure,
/// and batches that are taken without losing one.
@NullMarked
package dev.sendex.common.kafka;

import org.jspecify.annotations.NullMarked;
