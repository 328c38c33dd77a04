/// The records on the topics of [dev.sendex.common.kafka.Topics].
@NullMarked
package dev.sendex.common.event;

import org.jspecify.annotations.NullMarked;
