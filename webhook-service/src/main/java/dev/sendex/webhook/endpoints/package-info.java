/// The places where accounts want to be told, and the secrets that prove it was us.
@NullMarked
package dev.sendex.webhook.endpoints;

import org.jspecify.annotations.NullMarked;
