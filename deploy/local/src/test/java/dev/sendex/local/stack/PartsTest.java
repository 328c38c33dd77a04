package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

    private final List<String> ended = new ArrayList<>();
    private final Parts parts = new Parts();

    @Test
    void the_last_to_start_is_the_first_to_end() throws Exception {
        parts.start(() -> part("database"));
        parts.start(() -> part("service"));
        parts.close();
        assertThat(ended).containsExactly("service", "database");
    }

    @Test
    void one_that_does_not_end_cleanly_keeps_no_other_from_it() throws Exception {
        parts.start(() -> part("database"));
        parts.<AutoCloseable>start(() ->
                () -> {
                    throw new IllegalStateException("stuck");
                });
        parts.close();
        assertThat(ended).containsExactly("database");
    }

    @Test
    void nothing_starts_once_the_end_has_begun() {
        parts.close();
        assertThatThrownBy(() -> parts.start(() -> part("late"))).isInstanceOf(StackFailure.class);
        assertThat(ended).isEmpty();
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }
}
