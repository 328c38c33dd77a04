/// The webhook endpoints of accounts, and their signing secrets.
@NullMarked
package dev.sendex.webhook.endpoints;

import org.jspecify.annotations.NullMarked;
