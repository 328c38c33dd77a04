package dev.sendex.bench;

import io.vertx.core.buffer.Buffer;

/// A response with its times.
///
/// @param sent the time ([System#nanoTime]) at which sending the request began
/// @param received the time at which the response was complete
record Answer(int status, Buffer body, long sent, long received) {

    double millis() {
        return (received - sent) / 1e6;
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
