package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.runtime.Ids;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.text.Emails;
import dev.sendex.key.text.VisibleText;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// The members of accounts, for the features that sign them in. Everything runs in the caller's
/// session or transaction.
@ApplicationScoped
public class Members {

    private static final int MAX_NOTIFIED = 20;
    private static final String EMAIL_TAKEN = "member_email_unique";

    private final AccountRepository accounts;
    private final MemberRepository members;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;

    Members(
            AccountRepository accounts,
            MemberRepository members,
            AuditLog audit,
            Ids ids,
            Clock clock) {
        this.accounts = accounts;
        this.members = members;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// Creates an account with its first member.
    public Uni<MemberAccount> createAccount(String accountName, NewMember owner) {
        Account account =
                new Account(ids.next(), VisibleText.canonical(accountName), clock.instant());
        return accounts.persist(account)
                .invoke(() -> Log.infof("account created accountId=%s", account.id))
                .chain(() -> add(account, owner))
                .call(member -> recordCreated(account, member));
    }

    private Uni<Void> recordCreated(Account account, MemberAccount owner) {
        return audit.record(
                account.id,
                Actor.member(owner.id(), null),
                "account.created",
                new Target("account", account.id),
                null,
                Map.of("name", account.name));
    }

    /// Adds a member to an account.
    public Uni<MemberAccount> join(UUID accountId, NewMember added) {
        return accounts.findById(accountId)
                .chain(account -> add(account, added))
                .call(this::recordJoining);
    }

    private Uni<Void> recordJoining(MemberAccount member) {
        return audit.record(
                member.accountId(),
                Actor.member(member.id(), null),
                "member.joined",
                new Target("member", member.id()),
                null,
                Map.of("email", member.email(), "role", member.role().value()));
    }

    private Uni<MemberAccount> add(Account account, NewMember added) {
        Member member = new Member(ids.next(), account.id, added, clock.instant());
        return members.persistAndFlush(member).map(_ -> MemberAccount.of(member, account));
    }

    /// Translates a failure of a transaction that adds a member.
    public static Throwable translate(Throwable failure) {
        boolean taken =
                failure instanceof ConstraintViolationException violation
                        && EMAIL_TAKEN.equals(violation.getConstraintName());
        return taken ? CONFLICT.on("email", "has an account already; sign in instead") : failure;
    }

    /// The member with this email, or null.
    public Uni<@Nullable MemberAccount> find(String email) {
        return members.findByEmail(Emails.normalize(email)).chain(this::withAccount);
    }

    /// The member with this id, or null.
    public Uni<@Nullable MemberAccount> find(UUID id) {
        return members.findById(id).chain(this::withAccount);
    }

    /// The addresses to notify about something that belongs to this member: the account's owners
    /// and the member, if they still exist; at most twenty.
    public Uni<List<String>> emailsOfOwnersAnd(UUID accountId, UUID memberId) {
        return members.listOwnersAnd(accountId, memberId, MAX_NOTIFIED)
                .map(notified -> notified.stream().map(member -> member.email).toList());
    }

    /// The member with this id.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `not_found` if they do not exist
    public Uni<MemberAccount> require(UUID id) {
        return find(id).map(member -> {
            if (member == null) {
                throw NOT_FOUND.because("No member has this id.");
            }
            return member;
        });
    }

    /// A member of the caller's account whose role is not above the caller's.
    ///
    /// @param id from the request, not yet validated
    /// @throws dev.sendex.common.problem.ProblemException `not_found` if the account has no such
    ///   member, `forbidden` if their role is above the caller's
    public Uni<MemberAccount> requireGoverned(SessionCaller caller, String id) {
        return members.find(caller.accountId(), MemberId.parse(id))
                .map(MemberId::require)
                .invoke(member -> refuseAbove(caller, member))
                .chain(member ->
                        accounts.findById(member.accountId)
                                .map(account -> MemberAccount.of(member, account)));
    }

    private static void refuseAbove(SessionCaller caller, Member member) {
        if (!Role.of(caller.role()).governs(member.role())) {
            throw FORBIDDEN.because("Only an owner can do this to another owner. Ask an owner.");
        }
    }

    private Uni<@Nullable MemberAccount> withAccount(@Nullable Member member) {
        return member == null
                ? Uni.createFrom().nullItem()
                : accounts.findById(member.accountId)
                        .map(account -> MemberAccount.of(member, account));
    }

    /// The hash of the member's password, or null if they do not exist.
    public Uni<@Nullable String> passwordHash(@Nullable UUID id) {
        return id == null
                ? Uni.createFrom().nullItem()
                : members.findById(id).map(member -> member == null ? null : member.passwordHash);
    }

    /// Sets the password of an existing member.
    public Uni<Void> setPassword(UUID id, String hash) {
        return members.update("passwordHash = ?1 where id = ?2", hash, id).replaceWithVoid();
    }

    /// A member to add.
    ///
    /// @param email normalized
    public record NewMember(String email, String passwordHash, Role role) {

        @Override
        public String toString() {
            return "NewMember[hidden]";
        }
    }
}
