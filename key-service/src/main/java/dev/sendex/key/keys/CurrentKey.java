package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.Caller;
import dev.sendex.common.identity.KeyCaller;
import dev.sendex.common.identity.SessionCaller;
import dev.sendex.common.introspection.KeyGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// What the key that a request came with may do today. Needs no permission: nobody has to send a
/// mail to find out whether a key works.
@ApplicationScoped
class CurrentKey {

    private final KeysWithUsage keys;

    CurrentKey(KeysWithUsage keys) {
        this.keys = keys;
    }

    Uni<KeyView> of(Caller caller) {
        return switch (caller) {
            case KeyCaller(KeyGrant grant) ->
                    keys.get(grant.accountId(), grant.keyId())
                            .map(key -> key.with(grant.permissions()));
            case SessionCaller _ ->
                    throw NOT_FOUND.because(
                            "This endpoint requires an API key. Send one instead of a session.");
        };
    }
}
