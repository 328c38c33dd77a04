/// Scoped API keys: issued, listed, revoked. No caller can make a key that is more than itself.
@NullMarked
package dev.sendex.key.keys;

import org.jspecify.annotations.NullMarked;
