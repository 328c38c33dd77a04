/// What every service needs in the same way: time and ids.
@NullMarked
package dev.sendex.common.runtime;

import org.jspecify.annotations.NullMarked;
