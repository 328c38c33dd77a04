/// Sessions of users: verifying their tokens, and looking up whether they are still open.
@NullMarked
package dev.sendex.common.identity.session;

import org.jspecify.annotations.NullMarked;
