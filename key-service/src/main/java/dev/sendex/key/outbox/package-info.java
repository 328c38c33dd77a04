/// What this service tells others, written in the transaction that it tells of.
@NullMarked
package dev.sendex.key.outbox;

import org.jspecify.annotations.NullMarked;
