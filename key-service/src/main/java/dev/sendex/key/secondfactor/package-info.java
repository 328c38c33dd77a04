/// Optional two-factor authentication: codes of an authenticator app (RFC 6238) in addition to the
/// password, and recovery codes for members who have lost the app. Each code is valid once. Secrets
/// are stored encrypted, recovery codes as hashes. Every change needs the password and a code, and
/// the member is notified.
@NullMarked
package dev.sendex.key.secondfactor;

import org.jspecify.annotations.NullMarked;
