package dev.sendex.send.message;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/// The text part of an email that has only HTML: what a reader of the HTML sees, with line breaks
/// where blocks begin and end, and the addresses of links behind their texts.
final class PlainText {

    private static final Set<String> UNSEEN =
            Set.of("head", "noscript", "script", "style", "template", "title");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> PARAGRAPHS =
            Set.of(
                    "blockquote",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "hr",
                    "ol",
                    "p",
                    "pre",
                    "table",
                    "ul");

    /// A parsed document takes tens of times the memory of its source.
    private static final Object ONE_AT_A_TIME = new Object();

    /// In characters; emails with so much HTML are composed on worker threads.
    private static final int LARGE = 128 * 1024;

    private PlainText() {}

    /// Empty if the HTML has no text, for instance only images.
    static String of(String html) {
        if (html.length() < LARGE) {
            return convert(html);
        }
        synchronized (ONE_AT_A_TIME) {
            return convert(html);
        }
    }

    private static String convert(String html) {
        Writer writer = new Writer();
        NodeTraversor.filter(writer, Jsoup.parse(html));
        return writer.text.toString();
    }

    private static final class Writer implements NodeFilter {

        private final StringBuilder text = new StringBuilder();
        private int breaks;
        private int preformatted;
        private boolean space;

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode words) {
                add(words.getWholeText());
            } else if (node instanceof Element element) {
                if (isUnseen(element)) {
                    return FilterResult.SKIP_CHILDREN;
                }
                begin(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element && !isUnseen(element)) {
                end(element);
            }
            return FilterResult.CONTINUE;
        }

        private void begin(Element element) {
            switch (element.normalName()) {
                case "br" -> breaks++;
                case "img" -> words(element.attr("alt"));
                case "li" -> {
                    breakLine(element);
                    words("*");
                    space = true;
                }
                case "pre" -> {
                    breakLine(element);
                    preformatted++;
                }
                default -> breakLine(element);
            }
        }

        private void end(Element element) {
            if (element.normalName().equals("a")) {
                addAddress(element.attr("href").strip(), element.text());
            } else if (element.normalName().equals("pre")) {
                preformatted--;
            }
            breakLine(element);
        }

        private void addAddress(String href, String label) {
            String lower = href.toLowerCase(Locale.ROOT);
            boolean useful = lower.startsWith("https:") || lower.startsWith("http:");
            if (useful && !href.equals(label)) {
                space = true;
                words("<" + href + ">");
            }
        }

        private void breakLine(Element element) {
            String name = element.normalName();
            if (CELLS.contains(name)) {
                space = true;
            } else if (PARAGRAPHS.contains(name)) {
                breaks = Math.max(breaks, 2);
            } else if (element.isBlock()) {
                breaks = Math.max(breaks, 1);
            }
        }

        private void add(String characters) {
            if (preformatted > 0) {
                String[] lines = characters.split("\r?\n", -1);
                for (int i = 0; i < lines.length; i++) {
                    breaks += i == 0 ? 0 : 1;
                    raw(lines[i]);
                }
            } else {
                words(characters);
            }
        }

        /// Adds words with single spaces between them.
        private void words(String characters) {
            int start = -1;
            for (int i = 0; i <= characters.length(); i++) {
                boolean blank = i == characters.length() || isBlank(characters.charAt(i));
                if (blank && start >= 0) {
                    raw(characters.substring(start, i));
                    start = -1;
                }
                if (!blank && start < 0) {
                    start = i;
                }
                space |= blank && i < characters.length();
            }
        }

        private void raw(String characters) {
            if (characters.isEmpty()) {
                return;
            }
            if (!text.isEmpty() && breaks > 0) {
                text.append("\n".repeat(Math.min(breaks, 2)));
            } else if (!text.isEmpty() && space) {
                text.append(' ');
            }
            text.append(characters);
            breaks = 0;
            space = false;
        }

        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || c == '\u00a0';
        }

        private static boolean isUnseen(Element element) {
            return UNSEEN.contains(element.normalName())
                    || element.attr("style")
                            .toLowerCase(Locale.ROOT)
                            .replace(" ", "")
                            .contains("display:none");
        }
    }
}
