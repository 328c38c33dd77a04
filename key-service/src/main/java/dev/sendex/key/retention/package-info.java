/// Removes what nothing needs any more.
@NullMarked
package dev.sendex.key.retention;

import org.jspecify.annotations.NullMarked;
