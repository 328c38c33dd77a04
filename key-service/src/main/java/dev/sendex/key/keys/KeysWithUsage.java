package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.key.usage.KeyUse;
import dev.sendex.key.usage.KeyUses;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/// Keys together with their usage, which is stored separately: using a key does not change it.
@ApplicationScoped
class KeysWithUsage {

    private final Keys keys;
    private final KeyUses uses;

    KeysWithUsage(Keys keys, KeyUses uses) {
        this.keys = keys;
        this.uses = uses;
    }

    Uni<ListOf<KeyView>> list(UUID accountId, KeyFilter filter, Page page) {
        return keys.list(accountId, filter, page).chain(list -> withUse(accountId, list));
    }

    Uni<KeyView> get(UUID accountId, UUID id) {
        return keys.get(accountId, id).chain(key -> withUse(accountId, key));
    }

    /// The key that authenticates the request, with its effective permissions. It needs no
    /// permission, so that clients can test a key without sending an email.
    Uni<KeyView> current(Caller caller) {
        return switch (caller) {
            case KeyCaller(KeyGrant grant) ->
                    get(grant.accountId(), grant.keyId()).map(key -> key.with(grant.permissions()));
            case SessionCaller _ ->
                    throw NOT_FOUND.because(
                            "This endpoint requires an API key. Send one instead of a session.");
        };
    }

    Uni<KeyView> withUse(UUID accountId, KeyView key) {
        return uses.of(accountId, List.of(key.id()))
                .map(known -> key.with(known.getOrDefault(key.id(), KeyUse.NONE)));
    }

    private Uni<ListOf<KeyView>> withUse(UUID accountId, ListOf<KeyView> list) {
        return uses.of(accountId, list.data().stream().map(KeyView::id).toList())
                .map(known ->
                        new ListOf<>(
                                list.object(),
                                list.hasMore(),
                                list.data().stream()
                                        .map(key ->
                                                key.with(known.getOrDefault(key.id(), KeyUse.NONE)))
                                        .toList()));
    }
}
