package dev.sendex.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A server that tells what tokens are worth, and as many questions as there are tokens.
record Contender(String name, List<Call> questions) {

    Contender {
        questions = List.copyOf(questions);
    }

    static Contender of(
            String name, URI endpoint, String client, String secret, List<String> tokens) {
        return new Contender(
                name,
                tokens.stream().map(token -> question(endpoint, client, secret, token)).toList());
    }

    static Call question(URI endpoint, String client, String secret, String token) {
        String body = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return Call.form(endpoint, client, secret, body);
    }

    /// Any of the questions, all being as likely.
    Call any() {
        return questions.get(ThreadLocalRandom.current().nextInt(questions.size()));
    }
}
