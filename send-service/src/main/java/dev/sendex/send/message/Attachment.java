package dev.sendex.send.message;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// A file that goes with an email.
///
/// @param contentId set for what the HTML shows by `cid:`, which then is not listed as an
///   attachment
public record Attachment(
        String filename, String contentType, @Nullable String contentId, Buffer content) {}
