/// What keys are used for, from the counts that all services tell on `sendex.usage`: requests per
/// hour, the last use, and the signals that an account wants to hear of. A record that comes twice
/// counts once.
@NullMarked
package dev.sendex.key.usage;

import org.jspecify.annotations.NullMarked;
