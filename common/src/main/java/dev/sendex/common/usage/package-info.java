/// Counts requests with API keys in memory and sends the counts to key-service over the topic
/// `sendex.usage`. A request costs an increment. Counts are flushed every flush interval and at
/// shutdown, so a process that is killed loses at most those of one interval.
@NullMarked
package dev.sendex.common.usage;

import org.jspecify.annotations.NullMarked;
