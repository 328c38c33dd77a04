/// What every service refuses, bounds and answers in HTTP itself, whatever the endpoint.
@NullMarked
package dev.sendex.common.http;

import org.jspecify.annotations.NullMarked;
