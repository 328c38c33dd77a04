/// Error responses: one catalogue, one format (RFC 9457), one mapper.
@NullMarked
package dev.sendex.common.problem;

import org.jspecify.annotations.NullMarked;
