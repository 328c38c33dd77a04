package dev.sendex.key.sessions;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.accounts.AccountView;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// A session in a response to its member.
///
/// @param tokenType always `Bearer`
/// @param expiresIn seconds until the access token expires
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record SessionView(
        String accessToken, String tokenType, long expiresIn, User user, AccountView account) {

    /// The member who signed in.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record User(UUID id, String email, Role role, Instant createdAt) {

        static User of(MemberAccount member) {
            return new User(member.id(), member.email(), member.role(), member.createdAt());
        }
    }

    static SessionView of(String accessToken, long expiresIn, MemberAccount member) {
        return new SessionView(accessToken, "Bearer", expiresIn, User.of(member), member.account());
    }

    @Override
    public String toString() {
        return "SessionView[hidden]";
    }
}
