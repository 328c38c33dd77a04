/// The same `Idempotency-Key` never makes two emails.
@NullMarked
package dev.sendex.send.emails.idempotency;

import org.jspecify.annotations.NullMarked;
