/// Delivers each event at least once to every endpoint that subscribes to it. A slow or failing
/// endpoint does not delay others.
@NullMarked
package dev.sendex.webhook.deliveries;

import org.jspecify.annotations.NullMarked;
