/// Background work: running it at an interval, and reporting work whose retries keep failing.
@NullMarked
package dev.sendex.common.background;

import org.jspecify.annotations.NullMarked;
