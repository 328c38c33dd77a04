/// Emails: accepted, kept from being doubled, and shown.
@NullMarked
package dev.sendex.send.emails;

import org.jspecify.annotations.NullMarked;
