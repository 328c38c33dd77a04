/// Text formats that several features read: visible names, email addresses, and PEM.
@NullMarked
package dev.sendex.key.text;

import org.jspecify.annotations.NullMarked;
