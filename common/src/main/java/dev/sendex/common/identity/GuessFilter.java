package dev.sendex.common.identity;

import dev.sendex.common.introspection.cache.GuessLimit;
import dev.sendex.common.network.ClientAddress;
import dev.sendex.common.problem.ProblemWriter;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses what the [GuessLimit] holds back. As early as possible: a flood of guesses takes the
/// time that real keys wait for, so the less is done about each the better.
@Singleton
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class GuessFilter {

    /// The request has got its id.
    private static final int BEFORE_OTHERS = 9_900;

    private final GuessLimit guesses;
    private final ClientAddress addresses;
    private final ProblemWriter writer;

    GuessFilter(GuessLimit guesses, ClientAddress addresses, ProblemWriter writer) {
        this.guesses = guesses;
        this.addresses = addresses;
        this.writer = writer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::holdBack, BEFORE_OTHERS);
    }

    private void holdBack(RoutingContext request) {
        if (isHeldBack(request.request())) {
            guesses.countHeldBack();
            writer.write(request, Challenges.tooManyUnknown(GuessLimit.WINDOW));
        } else {
            request.next();
        }
    }

    private boolean isHeldBack(HttpServerRequest request) {
        return guesses.isReachedBy(() -> addresses.of(request))
                && Credentials.of(request) instanceof Credentials.Key(ApiKeyToken token)
                && guesses.isGuess(token);
    }
}
