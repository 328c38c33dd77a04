/// Transactional outbox: records that are written in a transaction and published after its commit.
@NullMarked
package dev.sendex.common.outbox;

import org.jspecify.annotations.NullMarked;
