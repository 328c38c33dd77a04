/// Formats of text that several features read: names that people see, and PEM.
@NullMarked
package dev.sendex.key.text;

import org.jspecify.annotations.NullMarked;
