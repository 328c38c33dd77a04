/// The topics where services meet, the records on them, and the outbox that publishes them.
@NullMarked
package dev.sendex.common.event;

import org.jspecify.annotations.NullMarked;
