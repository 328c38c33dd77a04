package dev.sendex.common.http;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import dev.sendex.common.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Accepts only valid UTF-8 (RFC 3629, section 4) without NUL. Jackson detects the encoding and
/// accepts overlong sequences, which other parsers of the same bytes would read differently. JSON
/// in UTF-16 or UTF-32 contains NULs or bytes that are invalid in UTF-8.
final class Utf8Stream extends FilterInputStream {

    private static final int FIRST_CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xBF;

    /// How many bytes of the current character are missing, and the range of the next one.
    private int missing;

    private int min = FIRST_CONTINUATION;
    private int max = LAST_CONTINUATION;

    Utf8Stream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            end();
        } else {
            accept(value);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            end();
        }
        for (int i = offset; i < offset + count; i++) {
            accept(buffer[i] & 0xFF);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    private void end() {
        if (missing > 0) {
            throw malformed();
        }
    }

    private void accept(int value) {
        if (missing == 0) {
            begin(value);
            return;
        }
        if (value < min || value > max) {
            throw malformed();
        }
        missing--;
        min = FIRST_CONTINUATION;
        max = LAST_CONTINUATION;
    }

    private void begin(int value) {
        if (value >= 0x01 && value <= 0x7F) {
            return;
        }
        if (value >= 0xC2 && value <= 0xDF) {
            missing = 1;
        } else if (value >= 0xE0 && value <= 0xEF) {
            missing = 2;
            min = value == 0xE0 ? 0xA0 : FIRST_CONTINUATION; // shorter in two bytes
            max = value == 0xED ? 0x9F : LAST_CONTINUATION; // surrogates
        } else if (value >= 0xF0 && value <= 0xF4) {
            missing = 3;
            min = value == 0xF0 ? 0x90 : FIRST_CONTINUATION; // shorter in three bytes
            max = value == 0xF4 ? 0x8F : LAST_CONTINUATION; // beyond Unicode
        } else {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return MALFORMED_REQUEST.because("The body is not valid JSON in UTF-8.");
    }
}
