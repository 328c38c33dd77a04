/// `./sendex`: starts the whole of Sendex on one machine, describes it in `stack.json`, and stops
/// it.
///
/// All that is kept lives in one directory. Whatever goes wrong is said in one sentence, and
/// nothing that was started is left behind.
@NullMarked
package dev.sendex.local.stack;

import org.jspecify.annotations.NullMarked;
