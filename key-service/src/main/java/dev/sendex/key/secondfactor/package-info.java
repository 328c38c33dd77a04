/// An optional second proof of who signs in: codes of an authenticator app (RFC 6238) besides the
/// password, and recovery codes for whoever has lost the app. Each code is good once. Secrets are
/// stored encrypted, recovery codes as hashes; whoever changes something here gives the password
/// and a code anew, and the member is told.
@NullMarked
package dev.sendex.key.secondfactor;

import org.jspecify.annotations.NullMarked;
