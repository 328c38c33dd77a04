package dev.sendex.webhook.endpoints;

import static dev.sendex.common.permission.Permission.WEBHOOKS_WRITE;
import static dev.sendex.common.problem.Problem.CONFLICT;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.webhook.endpoints.EndpointsResource.ChangeEndpoint;
import dev.sendex.webhook.endpoints.EndpointsResource.CreateEndpoint;
import dev.sendex.webhook.signing.SecretCipher;
import dev.sendex.webhook.signing.SigningSecret;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/// Use cases of endpoints.
@ApplicationScoped
class Endpoints {

    private final EndpointStore endpoints;
    private final SecretCipher cipher;
    private final EndpointConfig config;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Endpoints(
            EndpointStore endpoints,
            SecretCipher cipher,
            EndpointConfig config,
            Ids ids,
            Clock clock) {
        this.endpoints = endpoints;
        this.cipher = cipher;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<EndpointView> create(UUID accountId, CreateEndpoint request) {
        SigningSecret secret = SigningSecret.generate(random);
        return endpoints
                .add(endpoint(accountId, request, secret), this::refuseAboveLimit)
                .invoke(endpoint ->
                        Log.infof("webhook endpoint created endpointId=%s", endpoint.id()))
                .map(endpoint -> EndpointView.of(endpoint, secret.value()));
    }

    private Endpoint endpoint(UUID accountId, CreateEndpoint request, SigningSecret secret) {
        UUID id = ids.next();
        return new Endpoint(
                id,
                accountId,
                url(request.endpoint()),
                EventTypes.check(request.events()),
                Endpoint.ENABLED,
                Buffer.buffer(cipher.encrypt(id, secret)),
                clock.instant(),
                null);
    }

    Uni<ListOf<EndpointView>> list(UUID accountId, Page page) {
        return endpoints.list(accountId, page, endpoint -> EndpointView.of(endpoint, null));
    }

    /// Returns an endpoint, with its secret if the caller may change it. Read permission is not
    /// enough, since the secret allows forging webhooks. Reading the secret is audited.
    Uni<EndpointView> get(Caller caller, UUID id) {
        return caller.permissions().contains(WEBHOOKS_WRITE)
                ? endpoints
                        .requireWithSecret(caller.accountId(), id)
                        .map(endpoint -> EndpointView.of(endpoint, secretOf(endpoint)))
                : endpoints
                        .require(caller.accountId(), id)
                        .map(endpoint -> EndpointView.of(endpoint, null));
    }

    private String secretOf(Endpoint endpoint) {
        return cipher.decrypt(endpoint.id(), endpoint.encryptedSecret().getBytes()).value();
    }

    Uni<EndpointView> change(UUID accountId, UUID id, ChangeEndpoint request) {
        return endpoints
                .change(accountId, id, endpoint -> changed(endpoint, request))
                .map(endpoint -> EndpointView.of(endpoint, null));
    }

    private Endpoint changed(Endpoint endpoint, ChangeEndpoint request) {
        Endpoint changed = endpoint;
        if (request.endpoint() != null) {
            changed = changed.withUrl(url(request.endpoint()));
        }
        if (request.events() != null) {
            changed = changed.withEventTypes(EventTypes.check(request.events()));
        }
        if (request.status() != null) {
            changed = changed.withStatus(request.status());
        }
        return changed;
    }

    /// Removes an endpoint with its deliveries, including those that are due.
    Uni<Deleted> delete(UUID accountId, UUID id) {
        return endpoints
                .remove(accountId, id)
                .invoke(() -> Log.infof("webhook endpoint removed endpointId=%s", id))
                .map(endpoint -> new Deleted("webhook", endpoint.id()));
    }

    private String url(String text) {
        return EndpointUrl.check(text, config.insecureLoopback());
    }

    private void refuseAboveLimit(long count) {
        if (count >= config.limitPerAccount()) {
            throw CONFLICT.because(
                    "An account can have at most %d webhooks. Remove one first."
                            .formatted(config.limitPerAccount()));
        }
    }
}
