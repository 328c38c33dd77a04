/// Accepts emails and shows what became of them.
///
/// An email that was answered with its id is stored together with its place in the dispatch queue,
/// in one transaction: from then on it ends as sent, failed or suppressed, whatever crashes. The
/// same `Idempotency-Key` never makes two emails.
@NullMarked
package dev.sendex.send.emails;

import org.jspecify.annotations.NullMarked;
