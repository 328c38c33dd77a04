/// Known devices: browsers in which a member has signed in before. They do not replace the
/// password, but somebody who guesses the member's password elsewhere cannot lock them out.
@NullMarked
package dev.sendex.key.devices;

import org.jspecify.annotations.NullMarked;
