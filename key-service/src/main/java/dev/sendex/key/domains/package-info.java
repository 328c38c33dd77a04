/// The account's domains, which are send-service's: what Resend's `domain_id` stands for.
@NullMarked
package dev.sendex.key.domains;

import org.jspecify.annotations.NullMarked;
