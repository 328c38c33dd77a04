/// Webhook signatures according to the Standard Webhooks specification, and encryption of the
/// signing secrets.
@NullMarked
package dev.sendex.webhook.signing;

import org.jspecify.annotations.NullMarked;
