/// Emails to members: invitations, password resets and notifications. They are sent like any
/// customer's, through send-service's public API with a key.
@NullMarked
package dev.sendex.key.mail;

import org.jspecify.annotations.NullMarked;
