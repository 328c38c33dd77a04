package dev.sendex.common.identity.caller;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.introspection.KeyGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCallerTest {

    private final KeyCaller restricted = allowing("Example.com", "*.mail.example.org");

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com", "EXAMPLE.com", "eu.mail.example.org", "a.b.MAIL.example.org"})
    void a_listed_domain_is_allowed_in_any_case(String domain) {
        assertThat(restricted.allowsSenderDomain(domain)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "example.com.evil.test",
                "evilexample.com",
                "example.co",
                "mail.example.org",
                "xmail.example.org",
                ".mail.example.org",
                "*.mail.example.org.test",
                "example.com.",
                "",
                "e\u0445ample.com",
                "mail.example.or\uFF47",
                "a.mail.example.org\n"
            })
    void any_other_domain_is_refused(String domain) {
        assertThat(restricted.allowsSenderDomain(domain)).isFalse();
    }

    @Test
    void a_non_ascii_character_with_an_ascii_lower_case_does_not_match() {
        assertThat(allowing("kelvin.test").allowsSenderDomain("\u212Aelvin.test")).isFalse();
    }

    @Test
    void a_key_without_a_list_is_not_restricted() {
        assertThat(allowing().allowsSenderDomain("anything.test")).isTrue();
    }

    private static KeyCaller allowing(String... domains) {
        Map<String, Object> members = new HashMap<>(aGrant(aToken()).toJson());
        members.put("sendex_allowed_domains", List.of(domains));
        return new KeyCaller(KeyGrant.of(members));
    }
}
