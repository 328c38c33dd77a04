package dev.sendex.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.sandbox.SandboxControl.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sender domains of the account, stored in a file if there is a directory.
final class Identities {

    /// @param verified stays true once it is, even if the DNS records are removed
    /// @param dkimTokens empty until Easy DKIM is set up
    record Identity(
            boolean verified,
            String verificationToken,
            List<String> dkimTokens,
            @Nullable String mailFromDomain) {

        Identity withDkim() {
            return dkimTokens.isEmpty()
                    ? new Identity(
                            verified,
                            verificationToken,
                            Stream.generate(Identities::token).limit(3).toList(),
                            mailFromDomain)
                    : this;
        }

        Identity withMailFrom(@Nullable String domain) {
            return new Identity(verified, verificationToken, dkimTokens, domain);
        }

        private Identity proven() {
            return new Identity(true, verificationToken, dkimTokens, mailFromDomain);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Identity> identities = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final SandboxControl control;
    private final @Nullable Path file;

    Identities(SandboxControl control, @Nullable Path directory) {
        this.control = control;
        this.file = directory == null ? null : directory.resolve("identities.json");
        if (file != null && Files.exists(file)) {
            load(file);
        }
    }

    synchronized @Nullable Identity find(String name) {
        Identity identity = identities.get(name);
        if (identity != null
                && !identity.verified()
                && control.verification() == Verification.SUCCESS) {
            return put(name, identity.proven());
        }
        return identity;
    }

    synchronized Identity change(String name, UnaryOperator<Identity> change) {
        Identity before = find(name);
        return put(name, change.apply(before == null ? unknown() : before));
    }

    synchronized void delete(String name) {
        identities.remove(name);
        save();
    }

    /// Whether email may be sent from a domain: it or a parent domain is verified.
    synchronized boolean maySendFrom(String domain) {
        String name = domain;
        while (true) {
            Identity identity = find(name);
            if (identity != null) {
                return identity.verified();
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return false;
            }
            name = name.substring(dot + 1);
        }
    }

    /// The status of an attribute that is verified together with its identity.
    String status(@Nullable Identity identity) {
        if (identity == null) {
            return "NotStarted";
        }
        if (identity.verified()) {
            return "Success";
        }
        return switch (control.verification()) {
            case SUCCESS -> "Success";
            case PENDING -> "Pending";
            case FAILED -> "Failed";
        };
    }

    private Identity unknown() {
        boolean verified = control.verification() == Verification.SUCCESS;
        return new Identity(verified, token(), List.of(), null);
    }

    private Identity put(String name, Identity identity) {
        identities.put(name, identity);
        save();
        return identity;
    }

    private void load(Path file) {
        try {
            identities.putAll(
                    JSON.readValue(file.toFile(), new TypeReference<Map<String, Identity>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void save() {
        if (file == null) {
            return;
        }
        Path written = file.resolveSibling("identities.json.new");
        try {
            PrivateFiles.write(written, JSON.writeValueAsBytes(identities));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String token() {
        return new BigInteger(160, RANDOM).setBit(160).toString(32).substring(1);
    }
}
