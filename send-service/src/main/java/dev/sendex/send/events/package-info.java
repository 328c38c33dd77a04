/// Follows what SES tells about emails: status, timeline and suppressions.
///
/// A record is acknowledged once its effects are committed, and its effects are the same however
/// often it comes. What cannot be understood goes to the dead-letter topic with the reason; a
/// database that is down delays, and neither drops nor dead-letters anything.
@NullMarked
package dev.sendex.send.events;

import org.jspecify.annotations.NullMarked;
