/// The domains that accounts send from, and their verification by DNS records.
///
/// At most one account can verify a domain, which a database constraint guarantees.
@NullMarked
package dev.sendex.send.domains;

import org.jspecify.annotations.NullMarked;
