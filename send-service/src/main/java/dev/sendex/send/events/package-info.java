/// Applies SES events to emails: status, timeline and suppressions.
///
/// A record is acknowledged after its changes are committed, and applying it again changes nothing.
/// Malformed records go to the dead-letter topic with the reason. A database outage delays records
/// but never drops or dead-letters them.
@NullMarked
package dev.sendex.send.events;

import org.jspecify.annotations.NullMarked;
