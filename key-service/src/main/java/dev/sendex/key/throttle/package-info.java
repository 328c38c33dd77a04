/// Limits guessing. Attempts are counted in the database, so that the limits hold across instances.
@NullMarked
package dev.sendex.key.throttle;

import org.jspecify.annotations.NullMarked;
