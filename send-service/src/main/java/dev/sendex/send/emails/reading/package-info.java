/// Shows emails, and what became of them.
@NullMarked
package dev.sendex.send.emails.reading;

import org.jspecify.annotations.NullMarked;
