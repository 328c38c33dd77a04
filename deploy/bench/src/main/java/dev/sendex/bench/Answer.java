package dev.sendex.bench;

import io.vertx.core.buffer.Buffer;

/// What came back, and when.
///
/// @param sent the time of [System#nanoTime] at which the request was begun
/// @param received the time at which all of the answer was there
record Answer(int status, Buffer body, long sent, long received) {

    double millis() {
        return (received - sent) / 1e6;
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
