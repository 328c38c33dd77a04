/// An Amazon SES of one's own: the SES v1 Query protocol for the unmodified AWS SDK, the mailbox
/// simulator, and event publishing through signed SNS notifications.
///
/// It keeps mail instead of delivering it, shows it at its own address, and can be told to
/// misbehave in the ways in which SES does. It listens on loopback only and checks no AWS
/// signatures.
@NullMarked
package dev.sendex.sandbox;

import org.jspecify.annotations.NullMarked;
