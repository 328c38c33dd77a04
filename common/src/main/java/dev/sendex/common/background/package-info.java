/// Background work.
@NullMarked
package dev.sendex.common.background;

import org.jspecify.annotations.NullMarked;
