/// What Amazon SES tells about an email: one event model, and the reader that takes it out of every
/// envelope it travels in.
///
/// An event that SES delivers twice, on whatever way, has the same [SesEvent#eventId()]; so
/// services that never meet recognise the same duplicate. Unknown members are ignored, unknown
/// event types and malformed members are refused with their place in the record.
@NullMarked
package dev.sendex.common.ses;

import org.jspecify.annotations.NullMarked;
