/// The people an account writes to.
@NullMarked
package dev.sendex.send.contacts;

import org.jspecify.annotations.NullMarked;
