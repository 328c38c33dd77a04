package dev.sendex.key.introspection;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.key.clients.ClientAuthentication;
import dev.sendex.key.clients.ClientAuthentication.ResourceServer;
import dev.sendex.key.clients.ClientConfig;
import dev.sendex.key.clients.OAuthRefusal;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builds introspection responses. Errors have the format of RFC 6749, section 5.2, which clients
/// of this endpoint expect.
@ApplicationScoped
class IntrospectionAnswers {

    private static final Map<String, Object> INACTIVE = Map.of("active", false);
    private static final String CHALLENGE =
            "Basic realm=\"sendex introspection\", charset=\"UTF-8\"";
    private static final String RETRY_AFTER = "2";
    private static final int OK = 200;

    private final ClientAuthentication clients;
    private final StoredKeys keys;
    private final AnswerWriter writer;
    private final IntrospectionMeter meter;
    private final ClientConfig config;
    private final Clock clock;

    IntrospectionAnswers(
            ClientAuthentication clients,
            StoredKeys keys,
            AnswerWriter writer,
            IntrospectionMeter meter,
            ClientConfig config,
            Clock clock) {
        this.clients = clients;
        this.keys = keys;
        this.writer = writer;
        this.meter = meter;
        this.config = config;
        this.clock = clock;
    }

    /// Answers a request. Throws or fails with [OAuthRefusal].
    ///
    /// @param client the client's address, resolved only if needed
    Uni<IntrospectionAnswer> answer(
            MultiMap headers, Buffer body, Supplier<@Nullable InetAddress> client) {
        Map<String, String> form = FormParameters.read(headers.get("Content-Type"), body);
        AnswerForm wanted = AnswerForm.preferredBy(headers.getAll("Accept"));
        return clients.authenticate(headers.getAll("Authorization"), form, client)
                .chain(server ->
                        verify(form.get("token")).map(result -> answer(result, server, wanted)));
    }

    private Uni<Introspection> verify(@Nullable String token) {
        if (token == null) {
            throw OAuthRefusal.invalidRequest("Send the parameter token.");
        }
        ApiKeyToken parsed = ApiKeyToken.parse(token);
        return parsed == null
                ? Uni.createFrom().item(new Introspection.Inactive())
                : keys.introspect(parsed);
    }

    private IntrospectionAnswer answer(
            Introspection result, ResourceServer server, AnswerForm form) {
        Map<String, Object> members =
                switch (result) {
                    case Introspection.Active(KeyGrant grant) -> members(grant, server);
                    case Introspection.Inactive() -> INACTIVE;
                    case Introspection.Unavailable _ -> throw OAuthRefusal.unavailable();
                };
        meter.answered(result instanceof Introspection.Active, server, form);
        return new IntrospectionAnswer(
                OK, form.mediaType(), writer.write(members, form, server), Map.of());
    }

    private Map<String, Object> members(KeyGrant grant, ResourceServer server) {
        KeyGrant leased = grant.leasedUntil(clock.instant().plus(server.lease()));
        Map<String, Object> members = new LinkedHashMap<>(leased.toJson());
        members.put("iss", config.issuer());
        return members;
    }

    IntrospectionAnswer refused(Throwable failure) {
        if (failure instanceof OAuthRefusal refusal) {
            return refused(refusal);
        }
        Log.errorf(failure, "introspection failed");
        return refused(OAuthRefusal.unavailable());
    }

    IntrospectionAnswer refused(OAuthRefusal refusal) {
        meter.refused(refusal);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("error", refusal.code().value());
        members.put("error_description", refusal.description());
        return new IntrospectionAnswer(
                refusal.code().status(),
                AnswerForm.JSON.mediaType(),
                writer.json(members),
                headers(refusal.code()));
    }

    private static Map<String, String> headers(OAuthRefusal.Code code) {
        return switch (code) {
            case INVALID_REQUEST, PAYLOAD_TOO_LARGE -> Map.of();
            case INVALID_CLIENT -> Map.of("WWW-Authenticate", CHALLENGE);
            case METHOD_NOT_ALLOWED -> Map.of("Allow", "POST");
            case TEMPORARILY_UNAVAILABLE -> Map.of("Retry-After", RETRY_AFTER);
        };
    }
}
