/// Child processes, which end when this process ends, even if it is killed.
@NullMarked
package dev.sendex.local.process;

import org.jspecify.annotations.NullMarked;
