/// Resolves Resend's `domain_id` to the name of a domain, which send-service stores.
@NullMarked
package dev.sendex.key.domains;

import org.jspecify.annotations.NullMarked;
