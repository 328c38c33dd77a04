/// The contacts of an account.
@NullMarked
package dev.sendex.send.contacts;

import org.jspecify.annotations.NullMarked;
