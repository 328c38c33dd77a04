/// The format of API key tokens, which can be judged without asking anyone.
@NullMarked
package dev.sendex.common.token;

import org.jspecify.annotations.NullMarked;
