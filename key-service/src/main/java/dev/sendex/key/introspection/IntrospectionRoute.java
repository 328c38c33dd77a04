package dev.sendex.key.introspection;

import dev.sendex.common.network.ClientAddress;
import dev.sendex.common.runtime.PathTemplate;
import dev.sendex.key.clients.OAuthRefusal;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// `POST /oauth2/introspect` (RFC 7662). A plain route rather than a resource: it is asked more
/// often than all resources together and wants nothing of what surrounds those, neither sessions
/// nor permissions nor problem documents. Reads any body and refuses a wrong one in the words that
/// its clients understand.
@ApplicationScoped
class IntrospectionRoute {

    private static final String PATH = "/oauth2/introspect";

    /// The request has got its id, and nobody has looked yet at who asks or how much they send.
    private static final int BEFORE_OTHERS_REFUSE = -9_200;

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
        router.post(PATH).order(BEFORE_OTHERS_REFUSE).handler(this::introspect);
        router.route(PATH).order(BEFORE_OTHERS_REFUSE).handler(this::refuseMethod);
    }

    private void introspect(RoutingContext context) {
        PathTemplate.note(context, PATH);
        HttpServerRequest request = context.request();
        BoundedBody.read(request, maxBody)
                .chain(body -> answers.answer(request.headers(), body, () -> addresses.of(request)))
                .onFailure()
                .recoverWithItem(answers::refused)
                .subscribe()
                .with(answer -> answer.writeTo(context.response()), context::fail);
    }

    private void refuseMethod(RoutingContext context) {
        PathTemplate.note(context, PATH);
        answers.refused(OAuthRefusal.methodNotAllowed()).writeTo(context.response());
    }
}
