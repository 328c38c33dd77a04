package dev.sendex.common.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionTest {

    @Test
    void every_permission_is_found_by_its_value() {
        for (Permission permission : Permission.values()) {
            assertThat(Permission.find(permission.value())).isEqualTo(permission);
        }
    }

    @Test
    void a_scope_string_is_parsed_as_the_same_permissions() {
        Set<Permission> some = Set.of(Permission.LOGS_READ, Permission.EMAILS_SEND);

        assertThat(Permission.scope(some)).isEqualTo("emails:send logs:read");
        assertThat(Permission.ofScope(Permission.scope(some))).isEqualTo(some);
    }

    @Test
    void empty_and_unknown_scopes_grant_nothing() {
        for (String scope : List.of("", " ", "emails", "emails:*", "EMAILS:SEND", "*")) {
            assertThat(Permission.ofScope(scope)).as(scope).isEmpty();
        }
    }
}
