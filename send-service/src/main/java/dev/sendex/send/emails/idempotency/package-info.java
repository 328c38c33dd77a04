/// Guarantees that requests with the same `Idempotency-Key` create at most one email.
@NullMarked
package dev.sendex.send.emails.idempotency;

import org.jspecify.annotations.NullMarked;
