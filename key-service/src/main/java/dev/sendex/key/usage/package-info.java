/// What keys are used for, from the counts that all services publish on `sendex.usage`: requests
/// per hour, the last use, and the alerts that an account wants to hear of. A record that comes
/// twice counts once.
@NullMarked
package dev.sendex.key.usage;

import org.jspecify.annotations.NullMarked;
