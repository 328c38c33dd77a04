/// Processes that this one starts. They end when it ends, whatever way it ends.
@NullMarked
package dev.sendex.local.process;

import org.jspecify.annotations.NullMarked;
