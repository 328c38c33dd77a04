/// Accounts and their members. A member belongs to one account and has one role there; nobody
/// changes a member who is more than themselves, and an account always keeps an owner.
@NullMarked
package dev.sendex.key.accounts;

import org.jspecify.annotations.NullMarked;
