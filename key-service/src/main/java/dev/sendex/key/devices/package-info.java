/// Known devices: browsers in which a member has signed in before. They prove nothing by
/// themselves, but others who guess at the member's password cannot keep them out.
@NullMarked
package dev.sendex.key.devices;

import org.jspecify.annotations.NullMarked;
