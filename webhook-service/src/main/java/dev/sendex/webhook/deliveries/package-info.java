/// Tells every endpoint of every event it asked for, at least once, without one endpoint's troubles
/// becoming another's.
@NullMarked
package dev.sendex.webhook.deliveries;

import org.jspecify.annotations.NullMarked;
