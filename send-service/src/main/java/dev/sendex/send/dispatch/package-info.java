/// Sends accepted emails through Amazon SES, as fast as SES allows and never faster.
///
/// Every queued email is tried until SES takes it, refuses it for good, or the attempts are used
/// up. Throttling costs time and nothing else. SES cannot tell a repeated request from a new one:
/// an email whose outcome is unknown – an answer that got lost, an instance that died – is sent
/// again only when no event about it came in a grace period.
@NullMarked
package dev.sendex.send.dispatch;

import org.jspecify.annotations.NullMarked;
