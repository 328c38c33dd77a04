/// Benchmarks. They measure a running stack from outside; the report shows every figure next to its
/// target.
@NullMarked
package dev.sendex.bench;

import org.jspecify.annotations.NullMarked;
