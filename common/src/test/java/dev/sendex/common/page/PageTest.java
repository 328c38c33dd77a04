package dev.sendex.common.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void the_default_limit_is_twenty() {
        assertThat(Page.of(null, null, null).limit()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "", "99999999999"})
    void a_limit_out_of_bounds_is_refused(String limit) {
        assertThatThrownBy(() -> Page.of(limit, null, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void both_cursors_at_once_are_refused() {
        String id = UUID.randomUUID().toString();

        assertThatThrownBy(() -> Page.of(null, id, id)).hasMessageContaining("before");
    }

    @Test
    void a_cursor_that_is_not_an_id_is_refused() {
        assertThatThrownBy(() -> Page.of(null, "x", null)).hasMessageContaining("after");
    }

    @Test
    void the_row_beyond_the_limit_only_sets_has_more() {
        ListOf<Integer> list =
                Page.of("2", null, null).slice(List.of(5, 4, 3), Function.identity());

        assertThat(list.data()).containsExactly(5, 4);
        assertThat(list.hasMore()).isTrue();
    }

    @Test
    void a_page_before_a_cursor_is_also_newest_first() {
        String cursor = UUID.randomUUID().toString();

        ListOf<Integer> list =
                Page.of("2", null, cursor).slice(List.of(3, 4, 5), Function.identity());

        assertThat(list.data()).containsExactly(4, 3);
        assertThat(list.hasMore()).isTrue();
    }
}
