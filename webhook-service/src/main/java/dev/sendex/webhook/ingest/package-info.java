/// Verifies the messages that Amazon SNS posts and publishes them to Kafka.
@NullMarked
package dev.sendex.webhook.ingest;

import org.jspecify.annotations.NullMarked;
