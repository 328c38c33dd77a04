/// Benchmarks. They measure a running stack from outside and judge nothing by themselves: the
/// report sets every figure beside its target.
@NullMarked
package dev.sendex.bench;

import org.jspecify.annotations.NullMarked;
