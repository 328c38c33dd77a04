/// The usage of keys, from the counts that all services publish on `sendex.usage`: requests per
/// hour, the last use, and alerts. A record that is delivered twice is counted once.
@NullMarked
package dev.sendex.key.usage;

import org.jspecify.annotations.NullMarked;
