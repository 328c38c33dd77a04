/// The authenticated sender of a request: an API key or a signed-in user, with their account and
/// permissions.
@NullMarked
package dev.sendex.common.identity.caller;

import org.jspecify.annotations.NullMarked;
