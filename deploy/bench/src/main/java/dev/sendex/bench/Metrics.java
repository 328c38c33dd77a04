package dev.sendex.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;

/// The metrics of an instance.
final class Metrics {

    private static final int OK = 200;

    private final LoadClient client;
    private final Call call;

    Metrics(LoadClient client, URI management) {
        this.client = client;
        this.call = Call.get(management.resolve("/q/metrics"), "none");
    }

    /// The sum of all series with this name.
    double read(String name) throws IOException {
        Answer answer = client.await(call);
        Buffer body = answer.body();
        if (answer.status() != OK) {
            throw new IOException("the metrics answered " + answer.status());
        }
        return body.toString()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
