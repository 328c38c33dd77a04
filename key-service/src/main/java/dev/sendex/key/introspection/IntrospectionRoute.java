package dev.sendex.key.introspection;

import dev.sendex.common.network.client.ClientAddress;
import dev.sendex.common.runtime.PathTemplate;
import dev.sendex.key.clients.OAuthRefusal;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// `POST /oauth2/introspect` (RFC 7662). A plain Vert.x route rather than a resource: it is called
/// more often than all resources together and needs none of their filters (sessions, permissions,
/// problem documents). It reads any body and reports errors in the format of OAuth 2.0.
@ApplicationScoped
class IntrospectionRoute {

    private static final String PATH = "/oauth2/introspect";

    /// After the request has its id and before the common filters authenticate it and limit its
    /// body.
    private static final int BEFORE_FILTERS = -9_200;

    private final IntrospectionAnswers answers;
    private final ClientAddress addresses;
    private final long maxBody;

    IntrospectionRoute(
            IntrospectionAnswers answers,
            ClientAddress addresses,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.answers = answers;
        this.addresses = addresses;
        this.maxBody = maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        router.post(PATH).order(BEFORE_FILTERS).handler(this::introspect);
        router.route(PATH).order(BEFORE_FILTERS).handler(this::refuseMethod);
    }

    private void introspect(RoutingContext context) {
        PathTemplate.set(context, PATH);
        HttpServerRequest request = context.request();
        BoundedBody.read(request, maxBody)
                .chain(body -> answers.answer(request.headers(), body, () -> addresses.of(request)))
                .onFailure()
                .recoverWithItem(answers::refused)
                .subscribe()
                .with(answer -> answer.writeTo(context.response()), context::fail);
    }

    private void refuseMethod(RoutingContext context) {
        PathTemplate.set(context, PATH);
        answers.refused(OAuthRefusal.methodNotAllowed()).writeTo(context.response());
    }
}
