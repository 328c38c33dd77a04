/// The Amazon SES client. No other package deals with its SDK, errors and limits.
///
/// Every call has a timeout, and its result arrives on the caller's Vert.x context.
@NullMarked
package dev.sendex.send.ses;

import org.jspecify.annotations.NullMarked;
