/// Accounts and their members. A member belongs to one account and has one role in it. Nobody can
/// change a member whose role is above their own, and an account always has an owner.
@NullMarked
package dev.sendex.key.accounts;

import org.jspecify.annotations.NullMarked;
