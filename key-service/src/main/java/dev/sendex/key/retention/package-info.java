/// Deletes expired rows.
@NullMarked
package dev.sendex.key.retention;

import org.jspecify.annotations.NullMarked;
