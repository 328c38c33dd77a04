/// Who makes a request, with an API key or a session, and what they may do.
///
/// Endpoints say `@PermissionsAllowed("emails:send")`, which opens to a caller who holds exactly
/// that permission and to nobody else, or `@Authenticated`, or `@PermitAll`; one that says nothing
/// is closed. [CurrentCaller] tells who it is. Whoever is refused gets a problem document: 401
/// without or with bad credentials, 403 without the permission, 503 while nobody can tell. Clients
/// that have guessed too many keys get 429 wherever they present another one.
@NullMarked
package dev.sendex.common.identity;

import org.jspecify.annotations.NullMarked;
