/// Encryption of secrets in the database.
@NullMarked
package dev.sendex.common.crypto;

import org.jspecify.annotations.NullMarked;
