package dev.sendex.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pages that show mail. Mail is untrusted: all of it is escaped, and its HTML is shown in a
/// frame that can neither run scripts nor load anything.
final class Pages {

    static final String SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none';"
                    + " form-action 'none'; base-uri 'none'";

    private static final String STYLE =
            """
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1c2024 }
            h1 { font-size: 1.3rem } a { color: #0b68cb; text-decoration: none } a:hover { text-decoration: underline }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid #e3e6ea; vertical-align: top; overflow-wrap: anywhere }
            th { color: #60646c; font-weight: 500; white-space: nowrap }
            iframe { width: 100%; height: 32rem; border: 1px solid #e3e6ea; border-radius: 6px; background: #fff }
            pre { background: #f6f7f9; padding: 1rem; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere }
            """;

    private Pages() {}

    static String list(Mailbox.Page mail) {
        List<SandboxMessage> messages = mail.messages();
        StringBuilder rows = new StringBuilder();
        for (SandboxMessage message : messages) {
            rows.append(
                    "<tr><td><a href=\"/messages/%s.html\">%s</a></td><td>%s</td><td>%s</td><td>%s</td></tr>"
                            .formatted(
                                    Xml.escaped(message.id()),
                                    orDash(message.header("Subject")),
                                    orDash(message.header("From")),
                                    Xml.escaped(String.join(", ", message.to())),
                                    EventWriter.time(message.time())));
        }
        String table =
                "<table><tr><th>Subject</th><th>From</th><th>To</th><th>Time</th></tr>"
                        + rows
                        + "</table>";
        return page("Mail", (messages.isEmpty() ? "<p>No mail yet.</p>" : table) + end(mail));
    }

    private static String end(Mailbox.Page mail) {
        if (mail.next() != null) {
            return "<p><a href=\"/?before=%s\">Older mail</a></p>"
                    .formatted(Xml.escaped(mail.next()));
        }
        return mail.dropped() == 0
                ? ""
                : "<p>%d older emails were dropped since the start.</p>".formatted(mail.dropped());
    }

    static String message(SandboxMessage message) {
        MailBody body = MailBody.of(message.raw());
        StringBuilder content = new StringBuilder("<p><a href=\"/\">All mail</a></p><table>");
        row(content, "From", message.header("From"));
        row(content, "Envelope", message.from() + " → " + String.join(", ", message.to()));
        row(content, "To", message.header("To"));
        row(content, "Time", EventWriter.time(message.time()));
        row(content, "Configuration set", message.configurationSet());
        message.tags().forEach((name, value) -> row(content, "Tag " + name, value));
        content.append("</table>");
        if (body.html() != null) {
            content.append("<h2>HTML</h2><iframe sandbox srcdoc=\"")
                    .append(Xml.escaped(body.html()))
                    .append("\"></iframe>");
        }
        if (body.text() != null) {
            content.append("<h2>Text</h2>").append(Xml.text("pre", body.text()));
        }
        content.append(
                "<p><a href=\"/messages/%1$s\">JSON</a> · <a href=\"/messages/%1$s.eml\">Source</a></p>"
                        .formatted(Xml.escaped(message.id())));
        String subject = message.header("Subject");
        return page(subject == null ? "(no subject)" : subject, content.toString());
    }

    private static void row(StringBuilder table, String name, @Nullable String value) {
        if (value != null) {
            table.append(Xml.element("tr", Xml.text("th", name) + Xml.text("td", value)));
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isBlank() ? "—" : Xml.escaped(text);
    }

    private static String page(String title, String content) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%1$s · SES sandbox</title><style>%2$s</style><h1>%1$s</h1>%3$s</html>"
                .formatted(Xml.escaped(title), STYLE, content);
    }
}
