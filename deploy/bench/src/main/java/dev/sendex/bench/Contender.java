package dev.sendex.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// An introspection server, and one introspection request per token.
record Contender(String name, InetSocketAddress server, List<byte[]> questions) {

    Contender {
        questions = List.copyOf(questions);
    }

    /// All requests go to the server of the first one.
    static Contender of(String name, List<Call> questions) {
        return new Contender(
                name, questions.getFirst().server(), questions.stream().map(Call::bytes).toList());
    }

    static Call question(URI endpoint, String client, String secret, String token) {
        String body = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return Call.form(endpoint, client, secret, body);
    }

    /// A random request.
    byte[] any() {
        return questions.get(ThreadLocalRandom.current().nextInt(questions.size()));
    }
}
