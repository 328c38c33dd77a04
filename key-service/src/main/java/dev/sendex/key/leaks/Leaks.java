package dev.sendex.key.leaks;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.network.client.CurrentClient;
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

/// Revokes the keys of leaked tokens. The token itself is sufficient proof, since anyone who has it
/// can use the key. Repeated reports change nothing.
@ApplicationScoped
class Leaks {

    private static final TypeReference<List<@Nullable GitHubMatch>> MATCHES =
            new TypeReference<>() {};
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

    /// Processes an alert of GitHub. Each match has its own transaction; if one fails, the request
    /// fails, and GitHub repeats it.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden` if the signature is wrong,
    ///   `validation_error` if it is not an alert
    Uni<List<ScanResult>> receive(@Nullable String keyId, @Nullable String signature, byte[] body) {
        gitHub.verify(keyId, signature, body);
        return Multi.createFrom()
                .iterable(matches(body))
                .onItem()
                .transformToUniAndConcatenate(this::scan)
                .collect()
                .asList();
    }

    private List<GitHubMatch> matches(byte[] body) {
        try {
            return json.readValue(body, MATCHES).stream()
                    .filter(Objects::nonNull)
                    .filter(match -> match.token() != null)
                    .toList();
        } catch (IOException malformed) {
            throw MALFORMED_REQUEST.because("The body must be a JSON array of matches.");
        }
    }

    private Uni<ScanResult> scan(GitHubMatch match) {
        String token = Objects.requireNonNull(match.token());
        String place = match.url() == null || match.url().isBlank() ? match.source() : match.url();
        return revoke(token, "GitHub found its token", place)
                .invoke(known -> count("github", known))
                .map(known -> known ? "true_positive" : "false_positive")
                .map(label -> new ScanResult(token, match.type(), label));
    }

    /// Processes a report. Reports are rate limited per address like other attempts.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded`
    Uni<ReportReceipt> receive(LeakReport report) {
        String token = report.token().strip();
        return throttle.admit(Attempt.of("leak-report", token, Bound.ANYONE, client.address()))
                .chain(() -> revoke(token, "Somebody reported its token", report.foundAt()))
                .invoke(known -> count("report", known))
                .map(_ -> new ReportReceipt());
    }

    /// Returns whether it was the token of a key.
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

    /// Removes the token from the description of the place.
    private static String reason(String what, @Nullable String place, String token) {
        if (place == null || place.isBlank()) {
            return what + ".";
        }
        String where = place.strip().replace(token, "…").replaceAll("\\p{Cntrl}", " ");
        return "%s: %s".formatted(what, where.substring(0, Math.min(where.length(), MAX_PLACE)));
    }

    private void count(String source, boolean known) {
        metrics.counter("sendex.leaks", "source", source, "outcome", known ? "revoked" : "unknown")
                .increment();
    }
}
