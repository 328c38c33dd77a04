/// The parts of an email, which are addresses, recipients and attachments, and its composition as
/// MIME.
///
/// Does no I/O. Values of these types have been validated and are safe to use in headers.
@NullMarked
package dev.sendex.send.message;

import org.jspecify.annotations.NullMarked;
