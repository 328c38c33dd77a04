package dev.sendex.sandbox;

/// Builds the XML of SES's responses. Text is escaped; names are not.
final class Xml {

    private static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";

    private Xml() {}

    static String answer(String action, String result, String requestId) {
        return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult><ResponseMetadata>%4$s</ResponseMetadata></%1$sResponse>"
                .formatted(action, NAMESPACE, result, text("RequestId", requestId));
    }

    static String error(SesFailure failure, String requestId) {
        return "<ErrorResponse xmlns=\"%s\"><Error>%s%s%s</Error>%s</ErrorResponse>"
                .formatted(
                        NAMESPACE,
                        text("Type", failure.type()),
                        text("Code", failure.code()),
                        text("Message", failure.text()),
                        text("RequestId", requestId));
    }

    static String element(String name, String xml) {
        return "<" + name + ">" + xml + "</" + name + ">";
    }

    static String text(String name, String text) {
        return element(name, escaped(text));
    }

    /// Escaped for XML and HTML alike, in text and in quoted attributes.
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isAllowed(c) ? c : '\uFFFD');
            }
        }
        return escaped.toString();
    }

    private static boolean isAllowed(char c) {
        return c >= ' ' ? c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
    }
}
