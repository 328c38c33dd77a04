package dev.sendex.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The newest events, for tests without a subscriber; at most 10,000, and fewer if they are large.
final class EventLog {

    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_CHARACTERS = Runtime.getRuntime().maxMemory() / 16;

    private final Deque<String> events = new ArrayDeque<>();
    private long characters;

    synchronized void add(List<String> written) {
        for (String event : written) {
            events.add(event);
            characters += event.length();
        }
        while (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
            characters -= events.removeFirst().length();
        }
    }

    synchronized List<String> all() {
        return List.copyOf(events);
    }
}
