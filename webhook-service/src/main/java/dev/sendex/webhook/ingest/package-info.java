/// Takes what Amazon SNS posts, and nothing that only claims to be from there, into Kafka.
@NullMarked
package dev.sendex.webhook.ingest;

import org.jspecify.annotations.NullMarked;
