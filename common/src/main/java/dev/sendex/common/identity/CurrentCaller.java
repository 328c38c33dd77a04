package dev.sendex.common.identity;

import static dev.sendex.common.identity.Challenges.missingCredentials;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;

/// The caller of the request being served.
@ApplicationScoped
public class CurrentCaller {

    private final CurrentIdentityAssociation identities;

    CurrentCaller(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    /// The caller, at every endpoint that is not open to everyone.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `missing_api_key` where there is no
    ///   caller, which only happens at an endpoint that is open to everyone
    public Caller get() {
        return switch (identities.getIdentity().getPrincipal()) {
            case Caller caller -> caller;
            default -> throw missingCredentials();
        };
    }
}
