package dev.sendex.key.leaks;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.network.CurrentClient;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.key.keys.LeakedKeys;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.Throttle;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Revokes the keys of tokens that were found. Holding a token is the proof: whoever has it could
/// use it. Reports may come again and change nothing more.
@ApplicationScoped
class Leaks {

    private static final TypeReference<List<@Nullable Alert>> ALERTS = new TypeReference<>() {};
    private static final int MAX_PLACE = 200;

    private final LeakedKeys leakedKeys;
    private final LeakMails mails;
    private final GitHubKeys gitHub;
    private final Throttle throttle;
    private final CurrentClient client;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    Leaks(
            LeakedKeys leakedKeys,
            LeakMails mails,
            GitHubKeys gitHub,
            Throttle throttle,
            CurrentClient client,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.leakedKeys = leakedKeys;
        this.mails = mails;
        this.gitHub = gitHub;
        this.throttle = throttle;
        this.client = client;
        this.json = json;
        this.metrics = metrics;
    }

    /// Takes in an alert of GitHub's. Each match has a transaction of its own; where one fails, so
    /// does the alert, and GitHub sends it again.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden` where GitHub did not sign it,
    ///   `validation_error` where it is no alert
    Uni<List<ScanResult>> take(@Nullable String keyId, @Nullable String signature, byte[] body) {
        gitHub.verify(keyId, signature, body);
        return Multi.createFrom()
                .iterable(matches(body))
                .onItem()
                .transformToUniAndConcatenate(this::judge)
                .collect()
                .asList();
    }

    private List<Alert> matches(byte[] body) {
        try {
            return json.readValue(body, ALERTS).stream()
                    .filter(Objects::nonNull)
                    .filter(alert -> alert.token() != null)
                    .toList();
        } catch (IOException malformed) {
            throw MALFORMED_REQUEST.because("The body must be a JSON array of matches.");
        }
    }

    private Uni<ScanResult> judge(Alert alert) {
        String token = Objects.requireNonNull(alert.token());
        String place = alert.url() == null || alert.url().isBlank() ? alert.source() : alert.url();
        return revoke(token, "GitHub found its token", place)
                .invoke(genuine -> count("github", genuine))
                .map(genuine -> genuine ? "true_positive" : "false_positive")
                .map(label -> new ScanResult(token, alert.type(), label));
    }

    /// Takes in anybody's report, as many from one address as attempts at anything else.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded`
    Uni<ReportReceipt> take(LeakReport report) {
        String token = report.token().strip();
        return throttle.admit(Attempt.of("leak-report", token, Bound.ANYONE, client.address()))
                .chain(() -> revoke(token, "Somebody reported its token", report.foundAt()))
                .invoke(genuine -> count("report", genuine))
                .map(_ -> new ReportReceipt());
    }

    /// Whether it was the token of a key.
    private Uni<Boolean> revoke(String text, String what, @Nullable String place) {
        ApiKeyToken token = ApiKeyToken.parse(text);
        if (token == null) {
            return Uni.createFrom().item(false);
        }
        String reason = reason(what, place, text);
        return Panache.withTransaction(
                        () -> leakedKeys.revoke(token, reason).call(key -> notify(key, reason)))
                .invoke(leakedKeys::wake)
                .invoke(mails::wake)
                .map(Objects::nonNull);
    }

    private Uni<Void> notify(LeakedKeys.@Nullable LeakedKey key, String reason) {
        return key != null && key.newly() ? mails.notify(key, reason) : Uni.createFrom().voidItem();
    }

    /// Some describe the place with the token in it.
    private static String reason(String what, @Nullable String place, String token) {
        if (place == null || place.isBlank()) {
            return what + ".";
        }
        String where = place.strip().replace(token, "…").replaceAll("\\p{Cntrl}", " ");
        return "%s: %s".formatted(what, where.substring(0, Math.min(where.length(), MAX_PLACE)));
    }

    private void count(String source, boolean genuine) {
        metrics.counter(
                        "sendex.leaks",
                        "source",
                        source,
                        "outcome",
                        genuine ? "revoked" : "unknown")
                .increment();
    }
}
