package dev.sendex.local.stack;

import java.io.IOException;

/// An error for the user, with a message that ends with the remedy.
final class StackFailure extends IOException {

    StackFailure(String sentence) {
        super(sentence);
    }
}
