package dev.sendex.key.text;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses the blocks of a PEM text (RFC 7468). Text around them is ignored.
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

    /// One block.
    ///
    /// @param label the kind of content, such as `PUBLIC KEY`
    /// @param der its content
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Block(String label, byte[] der) {

        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    private Pem() {}

    /// All blocks in the text.
    ///
    /// @throws IllegalArgumentException if the content of a block is not base64
    public static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String base64 = block.group(2).replaceAll("\\s", "");
            blocks.add(new Block(block.group(1), Base64.getDecoder().decode(base64)));
        }
        return blocks;
    }

    /// The content of the first block with this label.
    ///
    /// @throws IllegalArgumentException if there is none
    public static byte[] read(String text, String label) {
        return read(text).stream()
                .filter(block -> block.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("has no block " + label))
                .der();
    }
}
