/// The domains that accounts send from, and the DNS records that prove them.
///
/// One account at most holds a verified domain; a constraint decides who.
@NullMarked
package dev.sendex.send.domains;

import org.jspecify.annotations.NullMarked;
