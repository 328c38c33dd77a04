/// How passwords are judged and hashed: Argon2id, on threads of its own.
@NullMarked
package dev.sendex.key.passwords;

import org.jspecify.annotations.NullMarked;
