/// Every error that Sendex answers with: one catalogue, one shape (RFC 9457), one mapper.
@NullMarked
package dev.sendex.common.problem;

import org.jspecify.annotations.NullMarked;
