package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the email for `SendEmail`, which describes it by its parts.
final class ComposedEmail {

    private static final String BOUNDARY = "=_sandbox";

    private ComposedEmail() {}

    static RawEmail compose(QueryRequest request) {
        StringBuilder email = new StringBuilder();
        header(email, "From", request.require("Source"));
        header(email, "To", joined(request.members("Destination.ToAddresses")));
        header(email, "Cc", joined(request.members("Destination.CcAddresses")));
        header(email, "Reply-To", joined(request.members("ReplyToAddresses")));
        header(email, "Subject", encodedWord(request.require("Message.Subject.Data")));
        header(email, "MIME-Version", "1.0");
        String text = request.get("Message.Body.Text.Data");
        String html = request.get("Message.Body.Html.Data");
        if (text != null && html != null) {
            header(email, "Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"");
            email.append("\r\n--" + BOUNDARY + "\r\n");
            part(email, "plain", text);
            email.append("--" + BOUNDARY + "\r\n");
            part(email, "html", html);
            email.append("--" + BOUNDARY + "--\r\n");
        } else {
            part(email, html == null ? "plain" : "html", html == null ? text : html);
        }
        return RawEmail.parse(email.toString());
    }

    private static void part(StringBuilder email, String subtype, @Nullable String content) {
        header(email, "Content-Type", "text/" + subtype + "; charset=UTF-8");
        header(email, "Content-Transfer-Encoding", "base64");
        byte[] bytes = (content == null ? "" : content).getBytes(UTF_8);
        email.append("\r\n").append(Base64.getMimeEncoder().encodeToString(bytes)).append("\r\n");
    }

    private static void header(StringBuilder email, String name, @Nullable String value) {
        if (value != null) {
            email.append(name).append(": ").append(value.replaceAll("[\r\n]+", " ")).append("\r\n");
        }
    }

    private static @Nullable String joined(List<String> addresses) {
        return addresses.isEmpty() ? null : String.join(", ", addresses);
    }

    private static String encodedWord(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127)
                ? text
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
    }
}
