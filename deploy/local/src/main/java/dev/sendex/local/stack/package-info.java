/// The program behind `./sendex`: starts all of Sendex on one machine, describes it in
/// `stack.json`, and stops it.
///
/// All data are in one directory. Errors are reported in one sentence, and no process is left
/// running.
@NullMarked
package dev.sendex.local.stack;

import org.jspecify.annotations.NullMarked;
