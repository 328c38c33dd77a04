/// Addresses that an account no longer sends to, because email to them bounced permanently or was
/// reported as spam.
@NullMarked
package dev.sendex.send.suppressions;

import org.jspecify.annotations.NullMarked;
