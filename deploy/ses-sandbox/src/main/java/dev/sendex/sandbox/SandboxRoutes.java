package dev.sendex.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Routes requests.
///
/// Only requests with a loopback address or `localhost` as `Host` are answered, so that a web page
/// cannot read the mail by DNS rebinding.
final class SandboxRoutes {

    private static final System.Logger LOG = System.getLogger(SandboxRoutes.class.getName());
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String MESSAGES = "/messages";
    private static final String DNS = "/dns/";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /// An email takes several times its length as JSON.
    private static final long MAX_PAGE_CHARACTERS = Runtime.getRuntime().maxMemory() / 64;

    private final SesProtocol protocol;
    private final Mailbox mailbox;
    private final SandboxControl control;
    private final String certificate;
    private final BiConsumer<String, String> zone;
    private final BiPredicate<String, String> confirmation;

    /// @param zone adds a TXT record, given its name and text
    /// @param confirmation confirms the subscription, given the topic and the token
    SandboxRoutes(
            SesProtocol protocol,
            Mailbox mailbox,
            SandboxControl control,
            String certificate,
            BiConsumer<String, String> zone,
            BiPredicate<String, String> confirmation) {
        this.protocol = protocol;
        this.mailbox = mailbox;
        this.control = control;
        this.certificate = certificate;
        this.zone = zone;
        this.confirmation = confirmation;
    }

    Reply answer(HttpServerRequest request, Buffer body) {
        try {
            if (request.authority() == null || !OWN_NAMES.contains(request.authority().host())) {
                return Reply.text(421, "This is the SES sandbox on 127.0.0.1.");
            }
            return route(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Cut();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the SES sandbox failed", e);
            return Reply.text(500, "The SES sandbox failed. See its log.");
        }
    }

    private Reply route(HttpServerRequest request, Buffer body) throws InterruptedException {
        String path = Objects.requireNonNullElse(request.path(), "");
        if (path.startsWith(DNS) && request.method().name().equals("PUT")) {
            return text(path.substring(DNS.length()), body.toString());
        }
        boolean oneMessage = path.startsWith(MESSAGES + "/");
        return switch (request.method() + " " + (oneMessage ? MESSAGES + "/" : path)) {
            case "POST /" -> protocol.answer(request.getHeader("Authorization"), body.toString());
            case "GET /" -> page(request);
            case "GET " + SnsMessages.CERTIFICATE_PATH ->
                    new Reply.Content(200, "application/x-pem-file", certificate);
            case "GET " + MESSAGES -> messages(request);
            case "GET " + MESSAGES + "/" -> message(path.substring(MESSAGES.length() + 1));
            case "DELETE " + MESSAGES -> {
                mailbox.clear();
                yield Reply.json(200, "{}");
            }
            case "GET /control" -> Reply.json(200, ControlJson.of(control));
            case "PUT /control" -> control(body.toString());
            default -> Reply.text(404, "No such route.");
        };
    }

    private Reply page(HttpServerRequest request) {
        String action = request.getParam("Action");
        if (action == null) {
            return Reply.html(200, Pages.list(mailPage(request, Long.MAX_VALUE)));
        }
        String topic = request.getParam("TopicArn", "");
        if (action.equals("ConfirmSubscription")
                && confirmation.test(topic, request.getParam("Token", ""))) {
            return Reply.xml(
                    200,
                    Xml.element(
                            "ConfirmSubscriptionResponse",
                            Xml.element(
                                    "ConfirmSubscriptionResult",
                                    Xml.text("SubscriptionArn", topic))));
        }
        return Reply.xml(
                400, Xml.error(SesFailure.invalidParameter("Invalid parameter: Token"), "sandbox"));
    }

    /// The link to the next page is in the header `Link`, so that the body is a plain list.
    private Reply messages(HttpServerRequest request) {
        Mailbox.Page page = mailPage(request, MAX_PAGE_CHARACTERS);
        Reply.Content list = Reply.json(200, MessageJson.of(page.messages()));
        return page.next() == null
                ? list
                : list.withLink(
                        "<%s?limit=%d&before=%s>; rel=\"next\""
                                .formatted(MESSAGES, limit(request), page.next()));
    }

    private Mailbox.Page mailPage(HttpServerRequest request, long maxCharacters) {
        return mailbox.page(request.getParam("before"), limit(request), maxCharacters);
    }

    private Reply message(String name) {
        boolean page = name.endsWith(".html");
        boolean raw = name.endsWith(".eml");
        String id = name.replaceAll("\\.(html|eml)$", "");
        @Nullable SandboxMessage message = mailbox.find(id);
        if (message == null) {
            return Reply.json(404, "{\"message\": \"No message has this id.\"}");
        }
        if (page) {
            return Reply.html(200, Pages.message(message));
        }
        return raw ? Reply.text(200, message.raw()) : Reply.json(200, MessageJson.of(message));
    }

    private Reply text(String name, String text) {
        try {
            zone.accept(name, text.strip());
            return Reply.json(200, "{}");
        } catch (IllegalArgumentException e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply control(String json) {
        try {
            ControlJson.apply(json, control);
            return Reply.json(200, ControlJson.of(control));
        } catch (IllegalArgumentException e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        }
    }

    private static int limit(HttpServerRequest request) {
        String limit = request.getParam("limit", "");
        return limit.matches("[1-9][0-9]{0,8}")
                ? Math.min(Integer.parseInt(limit), MAX_LIMIT)
                : DEFAULT_LIMIT;
    }
}
