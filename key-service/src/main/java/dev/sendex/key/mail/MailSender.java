package dev.sendex.key.mail;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends emails through send-service: `POST /v1/emails` with the email's id as idempotency key, so
/// that a retry does not send it twice.
@ApplicationScoped
class MailSender {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final MailConfig config;
    private final WebClient client;

    MailSender(Vertx vertx, MailConfig config) {
        this.config = config;
        boolean hasKey = config.apiKey().isPresent() || config.apiKeyFile().isPresent();
        if (config.url().isPresent() != config.from().isPresent()
                || config.url().isPresent() != hasKey) {
            throw new IllegalStateException(
                    "Set all of sendex.mail.url, sendex.mail.from and sendex.mail.api-key (or"
                            + " api-key-file), or none of them.");
        }
        WebClientOptions options = new WebClientOptions().setFollowRedirects(false);
        options.setConnectTimeout((int) config.timeout().toMillis());
        client = WebClient.create(vertx, options);
    }

    /// Whether emails can be sent. A missing key file counts as not configured.
    boolean isConfigured() {
        return config.url().isPresent()
                && (config.apiKey().isPresent()
                        || config.apiKeyFile().filter(Files::isReadable).isPresent());
    }

    /// Sends an email.
    ///
    /// @return true if it was accepted or permanently refused, false if it should be retried
    Uni<Boolean> send(UUID id, String to, String subject, String text) {
        String key = key();
        if (key == null) {
            return Uni.createFrom().item(false);
        }
        JsonObject mail =
                new JsonObject()
                        .put("from", config.from().orElseThrow())
                        .put("to", to)
                        .put("subject", subject)
                        .put("text", text);
        return client.postAbs(config.url().orElseThrow().resolve("/v1/emails").toString())
                .bearerTokenAuthentication(key)
                .putHeader("Idempotency-Key", id.toString())
                .timeout(config.timeout().toMillis())
                .sendJsonObject(mail)
                .map(response -> isFinal(id, response.statusCode(), response.bodyAsString()))
                .onFailure()
                .recoverWithItem(failure -> retryLater(id, failure.toString()));
    }

    /// Wrong settings can be corrected, so only errors in the email itself are permanent.
    private static boolean isFinal(UUID id, int status, @Nullable String answer) {
        if (status / 100 == 2) {
            return true;
        }
        boolean mayPass =
                status >= 500
                        || status == UNAUTHORIZED
                        || status == FORBIDDEN
                        || status == REQUEST_TIMEOUT
                        || status == TOO_MANY_REQUESTS;
        if (mayPass) {
            return retryLater(id, "status " + status);
        }
        Log.warnf("mail permanently refused mailId=%s status=%d answer=%s", id, status, answer);
        return true;
    }

    private static boolean retryLater(UUID id, String cause) {
        Log.warnf("sending mail failed, will be retried mailId=%s cause=%s", id, cause);
        return false;
    }

    private @Nullable String key() {
        if (config.apiKey().isPresent()) {
            return config.apiKey().get();
        }
        Path file = config.apiKeyFile().orElse(null);
        try {
            return file == null ? null : Files.readString(file).strip();
        } catch (IOException unreadable) {
            Log.warnf("reading mail API key failed file=%s", file);
            return null;
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
