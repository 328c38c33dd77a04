/// Consuming batches of records without loss.
@NullMarked
package dev.sendex.common.kafka.batch;

import org.jspecify.annotations.NullMarked;
