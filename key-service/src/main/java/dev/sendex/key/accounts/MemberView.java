package dev.sendex.key.accounts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// A member in responses to other members of the account.
///
/// @param object always `member`
/// @param secondFactor whether two-factor authentication is enabled
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record MemberView(
        String object, UUID id, String email, Role role, Instant createdAt, boolean secondFactor) {

    static MemberView of(Member member) {
        return new MemberView(
                "member",
                member.id,
                member.email,
                member.role(),
                member.createdAt,
                member.secondFactor);
    }
}
