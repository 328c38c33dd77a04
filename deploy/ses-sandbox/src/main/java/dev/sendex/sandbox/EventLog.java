package dev.sendex.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The newest events, for tests that have no subscriber.
final class EventLog {

    private static final int CAPACITY = 10_000;

    private final Deque<String> events = new ArrayDeque<>();

    synchronized void add(List<String> written) {
        events.addAll(written);
        while (events.size() > CAPACITY) {
            events.removeFirst();
        }
    }

    synchronized List<String> all() {
        return List.copyOf(events);
    }
}
