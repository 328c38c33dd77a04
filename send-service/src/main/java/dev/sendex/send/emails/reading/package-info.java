/// Reads emails and their timelines.
@NullMarked
package dev.sendex.send.emails.reading;

import org.jspecify.annotations.NullMarked;
