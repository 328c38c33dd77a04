/// The secrets of authenticator apps, and their encryption.
@NullMarked
package dev.sendex.key.secondfactor.totp;

import org.jspecify.annotations.NullMarked;
