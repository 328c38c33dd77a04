package dev.sendex.key.accounts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// A session as its owner sees it.
///
/// @param tokenType always `Bearer`
/// @param expiresIn seconds until the access token ends
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SessionView(
        String accessToken, String tokenType, long expiresIn, User user, AccountView account) {

    /// The member who signed in.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record User(UUID id, String email, Role role, Instant createdAt) {

        static User of(Member member) {
            return new User(member.id, member.email, Role.of(member.role), member.createdAt);
        }
    }

    @Override
    public String toString() {
        return "SessionView[hidden]";
    }
}
