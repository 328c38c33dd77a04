package dev.sendex.key.accounts;

import java.time.Instant;
import java.util.UUID;

/// A member and their account.
public record MemberAccount(
        UUID id, String email, Role role, Instant createdAt, AccountView account) {

    public UUID accountId() {
        return account.id();
    }

    static MemberAccount of(Member member, Account account) {
        return new MemberAccount(
                member.id, member.email, member.role(), member.createdAt, AccountView.of(account));
    }

    @Override
    public String toString() {
        return "MemberAccount[" + id + "]";
    }
}
