/// Emails: accepting them, deduplicating requests by idempotency key, and reading them back.
@NullMarked
package dev.sendex.send.emails;

import org.jspecify.annotations.NullMarked;
