/// What every service needs in the same way: time, ids, pages.
@NullMarked
package dev.sendex.common.runtime;

import org.jspecify.annotations.NullMarked;
