/// Accepts emails.
///
/// An email that was answered with its id is stored together with its place in the dispatch queue,
/// in one transaction: from then on it ends as sent, failed or suppressed, whatever crashes.
@NullMarked
package dev.sendex.send.emails.accepting;

import org.jspecify.annotations.NullMarked;
