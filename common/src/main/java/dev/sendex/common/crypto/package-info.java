/// Encryption of secrets in the database, and hashes.
@NullMarked
package dev.sendex.common.crypto;

import org.jspecify.annotations.NullMarked;
