package dev.sendex.webhook.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEvent.Bounce;
import dev.sendex.common.ses.SesEvent.BounceType;
import dev.sendex.common.ses.SesEvent.Click;
import dev.sendex.common.ses.SesEvent.Complaint;
import dev.sendex.common.ses.SesEvent.Delivery;
import dev.sendex.common.ses.SesEvent.DeliveryDelay;
import dev.sendex.common.ses.SesEvent.Open;
import dev.sendex.common.ses.SesEvent.SesRecipient;
import dev.sendex.common.ses.SesMail;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDetailTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:15:30Z");
    private static final SesMail MAIL =
            new SesMail(
                    "m",
                    NOW,
                    null,
                    null,
                    List.of("ada@example.net", "bob@example.net"),
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    Map.of());
    private static final List<SesRecipient> BOB =
            List.of(new SesRecipient("Bob <bob@example.net>", null, null, null));

    @Test
    void deliveries_delays_bounces_and_complaints_name_the_recipients_they_are_about() {
        assertNamesBob(
                "/delivery", new Delivery(MAIL, NOW, List.of("bob@example.net"), null, null, null));
        assertNamesBob("/delivery_delay", new DeliveryDelay(MAIL, NOW, "General", BOB, null, null));
        assertNamesBob(
                "/bounce", new Bounce(MAIL, NOW, BounceType.PERMANENT, "General", BOB, null, null));
        assertNamesBob(
                "/suppressed",
                new Bounce(MAIL, NOW, BounceType.PERMANENT, "Suppressed", BOB, null, null));
        assertNamesBob(
                "/complaint", new Complaint(MAIL, NOW, BOB, null, null, "abuse", null, null));
        assertNamesBob(
                "/suppressed",
                new Complaint(MAIL, NOW, BOB, null, "OnAccountSuppressionList", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", ", ''"})
    void opens_and_clicks_by_machines_are_marked(Boolean automated, String shown) {
        ObjectNode open = detail(new Open(MAIL, NOW, "192.0.2.1", "Test", automated));
        ObjectNode click =
                detail(
                        new Click(
                                MAIL,
                                NOW,
                                "192.0.2.1",
                                "Test",
                                "https://acme.test/",
                                Map.of(),
                                automated));

        assertThat(open.at("/open/automated").asText()).isEqualTo(shown);
        assertThat(click.at("/click/automated").asText()).isEqualTo(shown);
    }

    private static void assertNamesBob(String path, SesEvent event) {
        assertThat(detail(event).at(path).at("/recipients").toString())
                .isEqualTo("[\"bob@example.net\"]");
    }

    private static ObjectNode detail(SesEvent event) {
        ObjectNode data = new ObjectMapper().createObjectNode();
        EventDetail.add(event, data, DateTimeFormatter.ISO_INSTANT);
        return data;
    }
}
