/// Basics that all services share: time, ids, hashes, JSON.
@NullMarked
package dev.sendex.common.runtime;

import org.jspecify.annotations.NullMarked;
