/// Events of Amazon SES: one event model, and the parser for every envelope that events arrive in.
///
/// An event that SES delivers twice, in any way, has the same [SesEvent#eventId()], so that all
/// services recognise duplicates. Unknown members are ignored; unknown event types and malformed
/// members are refused with their place in the record.
@NullMarked
package dev.sendex.common.ses;

import org.jspecify.annotations.NullMarked;
