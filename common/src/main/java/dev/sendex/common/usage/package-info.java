/// Counts the requests that are made with API keys, in memory, and tells key-service of them over
/// the topic `sendex.usage`. A request costs an increment; what is counted is told within the flush
/// interval and at shutdown, so that a process that is killed loses no more than one interval.
@NullMarked
package dev.sendex.common.usage;

import org.jspecify.annotations.NullMarked;
