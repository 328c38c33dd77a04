/// What an email consists of – addresses, recipients, attachments – and how it is written as MIME.
///
/// Nothing here asks a database or a network. A value of these types has been checked: what it
/// holds can stand in a header and can be sent.
@NullMarked
package dev.sendex.send.message;

import org.jspecify.annotations.NullMarked;
