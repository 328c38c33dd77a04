/// Addresses that an account does not write to any more, since mail to them bounced for good or was
/// called unwanted.
@NullMarked
package dev.sendex.send.suppressions;

import org.jspecify.annotations.NullMarked;
