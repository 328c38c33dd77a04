/// How secrets that have to be readable are stored.
@NullMarked
package dev.sendex.common.crypto;

import org.jspecify.annotations.NullMarked;
