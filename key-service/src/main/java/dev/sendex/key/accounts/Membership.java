package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.permission.Permission;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.keys.OwnedKeys;
import dev.sendex.key.keys.OwnedKeys.Transfer;
import dev.sendex.key.outbox.Outbox;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes roles and removes members. A change of a role changes the permissions of the member's
/// keys, so it is published to the services that cache those keys.
@ApplicationScoped
class Membership {

    private final AccountRepository accounts;
    private final MemberRepository members;
    private final OwnedKeys keys;
    private final Outbox outbox;
    private final AuditLog audit;

    Membership(
            AccountRepository accounts,
            MemberRepository members,
            OwnedKeys keys,
            Outbox outbox,
            AuditLog audit) {
        this.accounts = accounts;
        this.members = members;
        this.keys = keys;
        this.outbox = outbox;
        this.audit = audit;
    }

    @WithSession
    Uni<ListOf<MemberView>> list(UUID accountId, Page page) {
        return members.list(accountId, page).map(found -> page.slice(found, MemberView::of));
    }

    /// Changes a member's role, which limits their keys from now on.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden` if the current or the new
    ///   role is above the caller's, `conflict` if no owner would remain
    Uni<MemberView> change(SessionCaller caller, UUID id, Role role) {
        return Panache.withTransaction(() ->
                        require(caller, id)
                                .invoke(_ -> refuseAbove(caller, role))
                                .call(member -> requireAnotherOwner(member, role))
                                .call(member -> change(caller, member, role)))
                .invoke(outbox::wake)
                .map(MemberView::of);
    }

    private Uni<Void> change(SessionCaller caller, Member member, Role role) {
        Role former = member.role();
        if (former == role) {
            return Uni.createFrom().voidItem();
        }
        member.role = role.value();
        return members.flush()
                .chain(() -> keys.announceOwnedBy(member.accountId, member.id))
                .chain(() ->
                        record(caller, member, "member.role_changed", view(former), view(role)));
    }

    /// Removes a member and ends their sessions. Their keys are revoked, or transferred to another
    /// member if one is named.
    Uni<RemovedMember> remove(SessionCaller caller, UUID id, @Nullable String newOwner) {
        return Panache.withTransaction(() ->
                        require(caller, id)
                                .call(member -> requireAnotherOwner(member, null))
                                .chain(member -> remove(caller, member, newOwner)))
                .invoke(outbox::wake);
    }

    private Uni<RemovedMember> remove(
            SessionCaller caller, Member member, @Nullable String newOwner) {
        return (newOwner == null
                        ? revokeKeys(caller, member)
                        : transferKeys(caller, member, newOwner))
                .call(() -> members.delete(member))
                .call(removed -> record(caller, member, "member.removed", view(member), removed));
    }

    private Uni<RemovedMember> revokeKeys(SessionCaller caller, Member member) {
        return keys.revokeOwnedBy(member.accountId, member.id, "Its owner was removed.", caller)
                .map(count -> RemovedMember.withKeysRevoked(member.id, count));
    }

    private Uni<RemovedMember> transferKeys(SessionCaller caller, Member member, String newOwner) {
        return members.find(member.accountId, MemberId.parse(newOwner))
                .map(found -> requireNewOwner(member, found))
                .chain(found -> keys.transfer(transfer(member, found), caller))
                .map(count -> RemovedMember.withKeysHandedOver(member.id, count));
    }

    private static Member requireNewOwner(Member member, @Nullable Member newOwner) {
        if (newOwner == null || newOwner.id.equals(member.id)) {
            throw INVALID_PARAMETER.on("hand_over_to", "must be another member of the account");
        }
        return newOwner;
    }

    private static Transfer transfer(Member member, Member newOwner) {
        Set<Permission> gained = new HashSet<>(newOwner.role().permissions());
        gained.removeAll(member.role().permissions());
        return new Transfer(member.accountId, member.id, newOwner.id, gained);
    }

    /// The member, unless their role is above the caller's. The account is locked first, so that
    /// two owners cannot remove each other concurrently.
    private Uni<Member> require(SessionCaller caller, UUID id) {
        return accounts.findById(caller.accountId(), LockModeType.PESSIMISTIC_WRITE)
                .chain(() -> members.find(caller.accountId(), id))
                .map(MemberId::require)
                .invoke(member -> refuseAbove(caller, member.role()));
    }

    private static void refuseAbove(SessionCaller caller, Role role) {
        if (!Role.of(caller.role()).governs(role)) {
            throw FORBIDDEN.because("Only an owner can add or change owners. Ask an owner.");
        }
    }

    /// @param next the new role, null if the member is removed
    private Uni<Void> requireAnotherOwner(Member member, @Nullable Role next) {
        if (member.role() != Role.OWNER || next == Role.OWNER) {
            return Uni.createFrom().voidItem();
        }
        return members.countOwners(member.accountId)
                .invoke(owners -> {
                    if (owners == 1) {
                        throw CONFLICT.because(
                                "An account needs at least one owner. Make another member an owner"
                                        + " first.");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> record(
            SessionCaller caller, Member member, String action, Object before, Object after) {
        return audit.record(
                member.accountId,
                Actor.of(caller),
                action,
                new Target("member", member.id),
                before,
                after);
    }

    private static Map<String, String> view(Role role) {
        return Map.of("role", role.value());
    }

    private static Map<String, String> view(Member member) {
        return Map.of("email", member.email, "role", member.role);
    }

    /// The response after a member was removed.
    ///
    /// @param keysRevoked how many of their keys were revoked
    /// @param keysHandedOver how many of their keys were transferred
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record RemovedMember(
            String object, UUID id, boolean deleted, int keysRevoked, int keysHandedOver) {

        static RemovedMember withKeysRevoked(UUID id, int keys) {
            return new RemovedMember("member", id, true, keys, 0);
        }

        static RemovedMember withKeysHandedOver(UUID id, int keys) {
            return new RemovedMember("member", id, true, 0, keys);
        }
    }
}
