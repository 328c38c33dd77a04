/// Asking people to become members of an account. A link proves that the mail arrived; nobody can
/// invite to more than they are themselves, nor once they are gone.
@NullMarked
package dev.sendex.key.invitations;

import org.jspecify.annotations.NullMarked;
