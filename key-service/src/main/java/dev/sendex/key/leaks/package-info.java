/// Leaked tokens, reported by GitHub's secret scanning or by anyone. Their keys are revoked
/// immediately, and the account is notified.
@NullMarked
package dev.sendex.key.leaks;

import org.jspecify.annotations.NullMarked;
