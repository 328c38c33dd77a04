/// The secrets that authenticator apps share with the service, and how they are kept.
@NullMarked
package dev.sendex.key.secondfactor.totp;

import org.jspecify.annotations.NullMarked;
