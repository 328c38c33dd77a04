package dev.sendex.common.identity;

import dev.sendex.common.introspection.cache.GuessLimit;
import dev.sendex.common.network.client.ClientAddress;
import dev.sendex.common.problem.ProblemWriter;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses the guesses of clients that have reached the [GuessLimit]. It runs as early as possible,
/// so that a flood of guesses takes little time from other requests.
@Singleton
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class GuessFilter {

    /// After the request has its id.
    private static final int BEFORE_OTHER_FILTERS = 9_900;

    private final GuessLimit guesses;
    private final ClientAddress addresses;
    private final ProblemWriter writer;

    GuessFilter(GuessLimit guesses, ClientAddress addresses, ProblemWriter writer) {
        this.guesses = guesses;
        this.addresses = addresses;
        this.writer = writer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::throttle, BEFORE_OTHER_FILTERS);
    }

    private void throttle(RoutingContext request) {
        if (isThrottled(request.request())) {
            guesses.countThrottled();
            writer.write(request, Challenges.tooManyUnknown(GuessLimit.WINDOW));
        } else {
            request.next();
        }
    }

    private boolean isThrottled(HttpServerRequest request) {
        return guesses.isReachedBy(() -> addresses.of(request))
                && Credentials.of(request) instanceof Credentials.Key(ApiKeyToken token)
                && guesses.isGuess(token);
    }
}
