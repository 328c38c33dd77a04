package dev.sendex.webhook.endpoints;

import static dev.sendex.common.permission.Permission.WEBHOOKS_WRITE;
import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.Caller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.webhook.signing.SecretCipher;
import dev.sendex.webhook.signing.SigningSecret;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates, changes and removes endpoints.
@ApplicationScoped
class Endpoints {

    private final EndpointRepository endpoints;
    private final EndpointAudit audit;
    private final SecretCipher cipher;
    private final EndpointConfig config;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Endpoints(
            EndpointRepository endpoints,
            EndpointAudit audit,
            SecretCipher cipher,
            EndpointConfig config,
            Ids ids,
            Clock clock) {
        this.endpoints = endpoints;
        this.audit = audit;
        this.cipher = cipher;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<EndpointView> create(UUID accountId, CreateEndpoint request) {
        String url = EndpointUrl.check(request.endpoint(), config.insecureLoopback());
        String[] types = EventTypes.check(request.events());
        UUID id = ids.next();
        SigningSecret secret = SigningSecret.generate(random);
        Endpoint endpoint =
                new Endpoint(
                        id, accountId, url, types, cipher.encrypt(id, secret), clock.instant());
        return Panache.withTransaction(() -> add(endpoint))
                .invoke(audit::wake)
                .invoke(() -> Log.infof("webhook endpoint created endpointId=%s", id))
                .map(stored -> EndpointView.of(stored, secret.value()));
    }

    private Uni<Endpoint> add(Endpoint endpoint) {
        return endpoints
                .count("accountId", endpoint.accountId)
                .invoke(this::refuseAboveLimit)
                .chain(() -> endpoints.persist(endpoint))
                .call(audit::created);
    }

    @WithSession
    Uni<ListOf<EndpointView>> list(UUID accountId, Page page) {
        return endpoints
                .list(accountId, page)
                .map(found -> page.slice(found, endpoint -> EndpointView.of(endpoint, null)));
    }

    /// An endpoint, with its secret for whoever may change it: who has the secret can forge
    /// webhooks, which reading alone must not allow. The audit log hears of it.
    Uni<EndpointView> get(Caller caller, UUID id) {
        return caller.permissions().contains(WEBHOOKS_WRITE)
                ? getWithSecret(caller.accountId(), id)
                : Panache.withSession(() -> require(caller.accountId(), id))
                        .map(endpoint -> EndpointView.of(endpoint, null));
    }

    private Uni<EndpointView> getWithSecret(UUID accountId, UUID id) {
        return Panache.withTransaction(() -> require(accountId, id).call(audit::secretRead))
                .invoke(audit::wake)
                .map(endpoint -> EndpointView.of(endpoint, secretOf(endpoint)));
    }

    private String secretOf(Endpoint endpoint) {
        return cipher.decrypt(endpoint.id, endpoint.sealedSecret).value();
    }

    Uni<EndpointView> change(UUID accountId, UUID id, ChangeEndpoint request) {
        return Panache.withTransaction(() ->
                        requireForChange(accountId, id).call(endpoint -> change(endpoint, request)))
                .invoke(audit::wake)
                .map(endpoint -> EndpointView.of(endpoint, null));
    }

    private Uni<Void> change(Endpoint endpoint, ChangeEndpoint request) {
        EndpointAudit.EndpointSnapshot before = audit.snapshotOf(endpoint);
        apply(request, endpoint);
        return audit.changed(endpoint, before);
    }

    /// Removes an endpoint with all that was delivered there; what is due is not delivered any
    /// more.
    Uni<DeletedEndpoint> delete(UUID accountId, UUID id) {
        return Panache.withTransaction(() ->
                        requireForChange(accountId, id)
                                .call(endpoints::delete)
                                .call(audit::removed))
                .invoke(audit::wake)
                .invoke(() -> Log.infof("webhook endpoint removed endpointId=%s", id))
                .map(endpoint -> new DeletedEndpoint(endpoint.id));
    }

    private void apply(ChangeEndpoint request, Endpoint endpoint) {
        if (request.endpoint() != null) {
            endpoint.url = EndpointUrl.check(request.endpoint(), config.insecureLoopback());
        }
        if (request.events() != null) {
            endpoint.eventTypes = EventTypes.check(request.events());
        }
        if (request.status() != null) {
            endpoint.setStatus(request.status());
        }
    }

    private Uni<Endpoint> require(UUID accountId, UUID id) {
        return endpoints.find(accountId, id).map(Endpoints::require);
    }

    private Uni<Endpoint> requireForChange(UUID accountId, UUID id) {
        return endpoints.findForChange(accountId, id).map(Endpoints::require);
    }

    private static Endpoint require(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            throw NOT_FOUND.because("No webhook has this id.");
        }
        return endpoint;
    }

    private void refuseAboveLimit(long held) {
        if (held >= config.limitPerAccount()) {
            throw CONFLICT.because(
                    "An account can have at most %d webhooks. Remove one first."
                            .formatted(config.limitPerAccount()));
        }
    }
}
