/// Sessions of people: whose a token is, by the keys of those who may sign it, and whether the
/// session still lasts, which only key-service knows.
@NullMarked
package dev.sendex.common.identity.session;

import org.jspecify.annotations.NullMarked;
