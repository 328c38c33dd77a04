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
    void parts_are_stopped_in_reverse_order() throws Exception {
        parts.start(() -> part("database"));
        parts.start(() -> part("service"));
        parts.close();
        assertThat(ended).containsExactly("service", "database");
    }

    @Test
    void a_part_that_fails_to_stop_does_not_prevent_others_from_stopping() throws Exception {
        parts.start(() -> part("database"));
        parts.<AutoCloseable>start(() ->
                () -> {
                    throw new IllegalStateException("stuck");
                });
        parts.close();
        assertThat(ended).containsExactly("database");
    }

    @Test
    void nothing_is_started_once_the_stack_is_being_stopped() {
        parts.close();
        assertThatThrownBy(() -> parts.start(() -> part("late"))).isInstanceOf(StackFailure.class);
        assertThat(ended).isEmpty();
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }
}
