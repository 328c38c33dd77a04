package dev.sendex.key.accounts;

/// A member to be.
///
/// @param email normalized
public record NewMember(String email, String passwordHash, Role role) {

    @Override
    public String toString() {
        return "NewMember[hidden]";
    }
}
