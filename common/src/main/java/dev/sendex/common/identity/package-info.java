/// Authentication and authorization of requests with an API key or a session.
///
/// Endpoints are annotated with `@PermissionsAllowed("emails:send")`, which accepts only callers
/// with exactly that permission, or `@Authenticated`, or `@PermitAll`; an endpoint without
/// annotation is closed. [CurrentCaller] is the caller. Refused requests get a problem document:
/// 401 without or with bad credentials, 403 without the permission, 503 if the credentials cannot
/// be verified at present. Clients that have guessed too many keys get 429 for every unknown one.
@NullMarked
package dev.sendex.common.identity;

import org.jspecify.annotations.NullMarked;
