/// A DNS server for names that do not exist in the public DNS.
@NullMarked
package dev.sendex.sandbox.dns;

import org.jspecify.annotations.NullMarked;
