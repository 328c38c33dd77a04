/// Invitations to become a member of an account. The link proves that the email arrived. Nobody can
/// invite to a role above their own, and invitations of removed members are invalid.
@NullMarked
package dev.sendex.key.invitations;

import org.jspecify.annotations.NullMarked;
