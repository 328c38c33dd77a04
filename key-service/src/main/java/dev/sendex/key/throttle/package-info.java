/// Slows down guessing: attempts are counted in the database, so that all instances agree.
@NullMarked
package dev.sendex.key.throttle;

import org.jspecify.annotations.NullMarked;
