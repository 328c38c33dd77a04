package dev.sendex.key.domains;

import static dev.sendex.common.problem.Problem.RESTRICTED_API_KEY;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.common.problem.ProblemException;
import io.netty.util.NetUtil;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/// Asks send-service for the name of a domain with the credentials of the current request, so that
/// callers only find domains that they may read.
@ApplicationScoped
public class DomainNames {

    private static final String FIELD = "domain_id";
    private static final String AUTHORIZATION = "Authorization";
    private static final String SESSION = "sendex_session";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DomainConfig config;
    private final CurrentVertxRequest request;
    private final CurrentClient client;
    private final WebClient http;

    DomainNames(
            Vertx vertx, DomainConfig config, CurrentVertxRequest request, CurrentClient client) {
        this.config = config;
        this.request = request;
        this.client = client;
        this.http = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
    }

    /// The name of the caller's domain.
    ///
    /// @throws ProblemException `validation_error` if the caller has no such domain,
    ///   `restricted_api_key` if they may not read it, `service_unavailable` if send-service does
    ///   not answer
    public Uni<String> nameOf(String domainId) {
        UUID id = parse(domainId);
        URI sendService =
                config.url()
                        .orElseThrow(() ->
                                VALIDATION_ERROR.on(
                                        FIELD,
                                        "cannot be looked up here; name the domain in `allowed_domains`"));
        return asCaller(http.getAbs(sendService.resolve("/v1/domains/" + id).toString()))
                .timeout(config.timeout().toMillis())
                .send()
                .onFailure()
                .transform(_ -> unavailable())
                .map(DomainNames::name);
    }

    private HttpRequest<Buffer> asCaller(HttpRequest<Buffer> call) {
        HttpServerRequest caller = request.getCurrent().request();
        String header = caller.getHeader(AUTHORIZATION);
        Cookie session = caller.getCookie(SESSION);
        if (header != null) {
            call.putHeader(AUTHORIZATION, header);
        } else if (session != null) {
            call.bearerTokenAuthentication(session.getValue());
        }
        InetAddress address = client.address();
        if (address != null) {
            call.putHeader("X-Forwarded-For", NetUtil.toAddressString(address));
        }
        return call;
    }

    private static String name(HttpResponse<Buffer> response) {
        return switch (response.statusCode()) {
            case 200 -> response.bodyAsJsonObject().getString("name");
            case 404 -> throw unknown();
            case 403 ->
                    throw RESTRICTED_API_KEY.because(
                            ("`domain_id` is looked up with your own key, which was refused: %s Or"
                                            + " name the domain in `allowed_domains`.")
                                    .formatted(message(response)));
            default -> throw unavailable();
        };
    }

    private static String message(HttpResponse<Buffer> problem) {
        return problem.bodyAsJsonObject().getString("message");
    }

    private static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return VALIDATION_ERROR.on(FIELD, "does not belong to this account");
    }

    private static ProblemException unavailable() {
        return SERVICE_UNAVAILABLE.retryAfter(
                RETRY_AFTER,
                "The domain cannot be looked up at the moment. Try again, or name it in"
                        + " `allowed_domains`.");
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
