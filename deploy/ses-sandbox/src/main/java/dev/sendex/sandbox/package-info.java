/// A local replacement for Amazon SES: the SES v1 Query protocol for the unmodified AWS SDK, the
/// mailbox simulator, and event publishing through signed SNS notifications.
///
/// It stores emails instead of delivering them, shows them on a web page, and can inject the
/// failures that occur with SES. It listens on loopback only and does not check AWS signatures.
@NullMarked
package dev.sendex.sandbox;

import org.jspecify.annotations.NullMarked;
