package dev.sendex.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A server that tells what tokens are worth, and as many questions as there are tokens.
record Contender(String name, InetSocketAddress server, List<byte[]> questions) {

    Contender {
        questions = List.copyOf(questions);
    }

    /// All questions go to the server of the first.
    static Contender of(String name, List<Call> questions) {
        return new Contender(
                name, questions.getFirst().server(), questions.stream().map(Call::bytes).toList());
    }

    static Call question(URI endpoint, String client, String secret, String token) {
        String body = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return Call.form(endpoint, client, secret, body);
    }

    /// Any of the questions, all being as likely.
    byte[] any() {
        return questions.get(ThreadLocalRandom.current().nextInt(questions.size()));
    }
}
