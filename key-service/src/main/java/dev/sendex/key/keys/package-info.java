/// Scoped API keys: created, listed, edited, rotated and revoked. Nobody can create a key with more
/// access than they have themselves.
@NullMarked
package dev.sendex.key.keys;

import org.jspecify.annotations.NullMarked;
