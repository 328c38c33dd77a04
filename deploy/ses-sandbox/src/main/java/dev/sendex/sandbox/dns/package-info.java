/// A DNS server for names that exist nowhere else.
@NullMarked
package dev.sendex.sandbox.dns;

import org.jspecify.annotations.NullMarked;
