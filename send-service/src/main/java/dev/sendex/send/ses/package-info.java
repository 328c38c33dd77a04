/// Amazon SES: the one place that knows its client, its errors and its limits.
///
/// Every call ends in bounded time, and comes back on the caller's Vert.x context.
@NullMarked
package dev.sendex.send.ses;

import org.jspecify.annotations.NullMarked;
