/// Tokens that turned up where they should not be: found by GitHub's secret scanning, or by anyone.
/// Their keys are revoked at once, and the account is told.
@NullMarked
package dev.sendex.key.leaks;

import org.jspecify.annotations.NullMarked;
