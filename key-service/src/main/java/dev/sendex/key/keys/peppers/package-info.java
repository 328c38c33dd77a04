/// Hashes of keys' tokens, and the secrets that they are made with.
@NullMarked
package dev.sendex.key.keys.peppers;

import org.jspecify.annotations.NullMarked;
