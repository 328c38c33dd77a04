package dev.sendex.common.introspection.cache;

import dev.sendex.common.crypto.Sha256;
import dev.sendex.common.token.ApiKeyToken;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// SHA-256 of a token, so that the cache contains no tokens.
record TokenDigest(long first, long second, long third, long fourth) {

    static TokenDigest of(ApiKeyToken token) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token.value()));
        return new TokenDigest(
                digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /// The same as a record's own, but compiled: not every GraalVM compiles that one, and
    /// interpreting it takes longer than everything else about a cached key.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenDigest digest
                && first == digest.first
                && second == digest.second
                && third == digest.third
                && fourth == digest.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
