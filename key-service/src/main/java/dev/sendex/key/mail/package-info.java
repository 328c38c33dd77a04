/// Mails to the people of an account: invitations and links to new passwords. They are sent as any
/// customer sends mail, through send-service's public API with a key of its own.
@NullMarked
package dev.sendex.key.mail;

import org.jspecify.annotations.NullMarked;
