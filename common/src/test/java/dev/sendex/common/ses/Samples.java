package dev.sendex.common.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.ses.SesEventNormaliser.Normalised;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Sample events from the documentation of AWS, and the normaliser's results.
final class Samples {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final SesEventNormaliser NORMALISER = new SesEventNormaliser();

    private Samples() {}

    static String sample(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/ses/" + name + ".json")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree(String name) {
        try {
            return (ObjectNode) JSON.readTree(sample(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SesEvent event(String name) {
        return theOnlyEventIn(sample(name));
    }

    static SesEvent theOnlyEventIn(Object value) {
        List<SesEvent> events = eventsIn(value);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    static List<SesEvent> eventsIn(Object value) {
        SesEventNormaliser.Result outcome = NORMALISER.normalise(bytes(value));
        assertThat(outcome).isInstanceOf(Normalised.class);
        return ((Normalised) outcome).events();
    }

    static String rejectionOf(Object value) {
        SesEventNormaliser.Result outcome = NORMALISER.normalise(bytes(value));
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    private static byte[] bytes(Object value) {
        return value.toString().getBytes(UTF_8);
    }
}
