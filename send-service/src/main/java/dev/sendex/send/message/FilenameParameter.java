package dev.sendex.send.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// The `filename` parameter of `Content-Disposition`. Names that are long, not ASCII or look like
/// an encoding, which many mail programs decode here too, are percent-encoded and split into pieces
/// that fit a line (RFC 2231). No character is split, since some mail programs decode each piece by
/// itself.
final class FilenameParameter {

    private static final int PIECE = 60;
    private static final String UNENCODED = "!#$&+-.^_`{}~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FilenameParameter() {}

    static String of(String filename) {
        boolean plain =
                HeaderText.isPrintable(filename)
                        && filename.equals(filename.strip())
                        && !filename.contains("''")
                        && !HeaderText.looksEncoded(filename);
        return plain && filename.length() <= PIECE ? quoted(filename) : encoded(filename);
    }

    private static String quoted(String filename) {
        return "; filename=\"" + filename.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String encoded(String filename) {
        StringBuilder parameter = new StringBuilder();
        StringBuilder piece = new StringBuilder("UTF-8''");
        int number = 0;
        for (int character : filename.codePoints().toArray()) {
            if (piece.length() > PIECE) {
                append(parameter, number++, piece);
            }
            for (byte octet : Character.toString(character).getBytes(UTF_8)) {
                append(piece, octet);
            }
        }
        append(parameter, number, piece);
        return parameter.toString();
    }

    private static void append(StringBuilder parameter, int number, StringBuilder piece) {
        parameter.append("; filename*").append(number).append("*=").append(piece);
        piece.setLength(0);
    }

    private static void append(StringBuilder piece, byte octet) {
        char c = (char) (octet & 0xff);
        if (c < 128 && (Character.isLetterOrDigit(c) || UNENCODED.indexOf(c) >= 0)) {
            piece.append(c);
        } else {
            piece.append('%').append(HEX.toHexDigits(octet));
        }
    }
}
