/// Basics that all services share: time, ids, JSON, calls in flight.
@NullMarked
package dev.sendex.common.runtime;

import org.jspecify.annotations.NullMarked;
