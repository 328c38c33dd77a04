/// Work that no request waits for.
@NullMarked
package dev.sendex.common.background;

import org.jspecify.annotations.NullMarked;
