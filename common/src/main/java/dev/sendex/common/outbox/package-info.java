/// The records that a transaction leaves behind, published once it has committed.
@NullMarked
package dev.sendex.common.outbox;

import org.jspecify.annotations.NullMarked;
