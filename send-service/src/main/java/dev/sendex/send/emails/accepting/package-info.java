/// Accepts emails.
///
/// The email and its dispatch queue entry are stored in one transaction before its id is returned.
/// From then on it ends as sent, failed or suppressed, even after a crash.
@NullMarked
package dev.sendex.send.emails.accepting;

import org.jspecify.annotations.NullMarked;
