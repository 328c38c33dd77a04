/// Signatures by the Standard Webhooks specification, and the keeping of the secrets they need.
@NullMarked
package dev.sendex.webhook.signing;

import org.jspecify.annotations.NullMarked;
