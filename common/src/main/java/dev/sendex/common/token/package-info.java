/// The format of API key tokens, which can be checked without a lookup.
@NullMarked
package dev.sendex.common.token;

import org.jspecify.annotations.NullMarked;
