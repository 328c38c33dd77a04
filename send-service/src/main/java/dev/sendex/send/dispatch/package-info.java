/// Sends accepted emails through Amazon SES, as fast as SES allows and never faster.
///
/// Every queued email is tried until SES accepts it, rejects it permanently, or the attempts or its
/// time run out. Throttling delays emails but uses up no attempts. SES has no idempotency: an email
/// whose outcome is unknown, because an answer was lost or an instance crashed, is sent again only
/// if no event about it arrives within a grace period.
@NullMarked
package dev.sendex.send.dispatch;

import org.jspecify.annotations.NullMarked;
