/// Validation and hashing of passwords: Argon2id, on separate threads.
@NullMarked
package dev.sendex.key.passwords;

import org.jspecify.annotations.NullMarked;
