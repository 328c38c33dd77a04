package dev.sendex.sandbox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The newest emails, in memory and, if there is a directory, each in a file. When there are too
/// many or their total length is too large, the oldest are dropped, but the newest is always kept.
final class Mailbox {

    private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final int maxMessages;
    private final long maxCharacters;
    private final @Nullable Path directory;
    private final NavigableMap<Long, SandboxMessage> messages = new TreeMap<>();
    private long characters;
    private long dropped;

    /// @param next the value of `before` for the next page; null on the last one
    /// @param dropped the number of emails dropped since the start
    record Page(List<SandboxMessage> messages, @Nullable String next, long dropped) {

        Page {
            messages = List.copyOf(messages);
        }
    }

    Mailbox(int maxMessages, long maxCharacters, @Nullable Path directory) {
        this.maxMessages = maxMessages;
        this.maxCharacters = maxCharacters;
        this.directory = directory == null ? null : directory.resolve("messages");
        load();
    }

    synchronized void add(SandboxMessage message) {
        long number = messages.isEmpty() ? 1 : messages.lastKey() + 1;
        put(number, message);
        try {
            if (directory != null) {
                PrivateFiles.write(file(directory, number), JSON.writeValueAsBytes(message));
            }
            trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest ones first.
    synchronized List<SandboxMessage> newest() {
        return List.copyOf(messages.descendingMap().values());
    }

    /// The messages older than the one with this id, newest first; empty if the id is unknown.
    ///
    /// @param maxCharacters limits the page's length; a page has at least one message
    synchronized Page page(@Nullable String before, int limit, long maxCharacters) {
        Iterator<SandboxMessage> older = olderThan(before).values().iterator();
        List<SandboxMessage> page = new ArrayList<>();
        long length = 0;
        while (older.hasNext()) {
            SandboxMessage message = older.next();
            length += length(message);
            if (page.size() == limit || (!page.isEmpty() && length > maxCharacters)) {
                return new Page(page, page.getLast().id(), dropped);
            }
            page.add(message);
        }
        return new Page(page, null, dropped);
    }

    private NavigableMap<Long, SandboxMessage> olderThan(@Nullable String id) {
        NavigableMap<Long, SandboxMessage> newestFirst = messages.descendingMap();
        if (id == null) {
            return newestFirst;
        }
        for (Map.Entry<Long, SandboxMessage> entry : newestFirst.entrySet()) {
            if (entry.getValue().id().equals(id)) {
                return newestFirst.tailMap(entry.getKey(), false);
            }
        }
        return Collections.emptyNavigableMap();
    }

    synchronized @Nullable SandboxMessage find(String id) {
        return messages.descendingMap().values().stream()
                .filter(message -> message.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    synchronized void clear() {
        try {
            for (long number : new ArrayList<>(messages.keySet())) {
                remove(number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void trim() throws IOException {
        while (messages.size() > maxMessages
                || (characters > maxCharacters && messages.size() > 1)) {
            remove(messages.firstKey());
            if (dropped++ == 0) {
                LOG.log(
                        Level.WARNING,
                        "the oldest emails are dropped from now on: at most {0} emails of {1} characters in all are kept",
                        maxMessages,
                        maxCharacters);
            }
        }
    }

    private void put(long number, SandboxMessage message) {
        messages.put(number, message);
        characters += length(message);
    }

    private void remove(long number) throws IOException {
        SandboxMessage removed = messages.remove(number);
        if (removed != null) {
            characters -= length(removed);
        }
        if (directory != null) {
            Files.deleteIfExists(file(directory, number));
        }
    }

    private void load() {
        if (directory == null) {
            return;
        }
        try {
            PrivateFiles.createDirectory(directory);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(Mailbox::isMessage).sorted().toList()) {
                    load(file);
                    trim();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mail in " + directory, e);
        }
    }

    /// A file truncated by a crash is skipped, so that the sandbox still starts.
    private void load(Path file) throws IOException {
        try {
            String number = String.valueOf(file.getFileName()).replace(".json", "");
            put(Long.parseLong(number), JSON.readValue(file.toFile(), SandboxMessage.class));
        } catch (JacksonException | NumberFormatException e) {
            Files.delete(file);
        }
    }

    private static boolean isMessage(Path file) {
        return file.toString().endsWith(".json");
    }

    private static long length(SandboxMessage message) {
        long headers =
                message.headers().stream()
                        .mapToLong(header -> header.name().length() + header.value().length())
                        .sum();
        return headers + message.raw().length();
    }

    private static Path file(Path directory, long number) {
        return directory.resolve("%012d.json".formatted(number));
    }
}
