package dev.sendex.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// An email of 10 kB: HTML and text, made of random words, so that it compresses as text does.
record SampleEmail(String from, String to, String subject, String html, String text) {

    private static final int TEXT_LENGTH = 2_800;
    private static final int HTML_LENGTH = 7_000;
    private static final int PARAGRAPH_LENGTH = 350;
    private static final int WORDS = 2_000;

    static SampleEmail from(String domain) {
        RandomGenerator random = new Random(1);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(random);
        }
        return new SampleEmail(
                "hello@" + domain,
                "success@simulator.amazonses.com",
                "Your order is confirmed",
                "<html><body><h1>Thanks for your order!</h1>%s</body></html>"
                        .formatted(
                                prose(
                                        HTML_LENGTH,
                                        "\n<p style=\"margin:0 0 12px\">%s</p>",
                                        words,
                                        random)),
                prose(TEXT_LENGTH, "%s\n\n", words, random));
    }

    Map<String, String> body() {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("from", from);
        body.put("to", to);
        body.put("subject", subject);
        body.put("html", html);
        body.put("text", text);
        return body;
    }

    private static String prose(
            int length, String paragraph, String[] words, RandomGenerator random) {
        StringBuilder prose = new StringBuilder();
        StringBuilder line = new StringBuilder();
        while (prose.length() < length) {
            line.append(words[random.nextInt(WORDS)]).append(' ');
            if (line.length() > PARAGRAPH_LENGTH) {
                prose.append(paragraph.formatted(line.toString().strip()));
                line.setLength(0);
            }
        }
        return prose.toString();
    }

    private static String word(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(9);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
