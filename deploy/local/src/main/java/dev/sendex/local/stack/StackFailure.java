package dev.sendex.local.stack;

import java.io.IOException;

/// What went wrong, in a sentence for the person at the terminal, with what to do about it.
final class StackFailure extends IOException {

    StackFailure(String sentence) {
        super(sentence);
    }
}
