package dev.sendex.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Replaces `api.resend.com` for clients with a fixed host name: a proxy in front of a gateway,
/// which this JVM uses while it is open, with a certificate that this JVM trusts.
final class ResendHost implements AutoCloseable {

    private static final String NAME = "api.resend.com";
    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    private final ProxySelector former = ProxySelector.getDefault();
    private final ServerSocket server;
    private final SSLContext tls;
    private final URI gateway;
    private final Path folder;

    private ResendHost(ServerSocket server, SSLContext tls, URI gateway, Path folder) {
        this.server = server;
        this.tls = tls;
        this.gateway = gateway;
        this.folder = folder;
    }

    static ResendHost inFrontOf(URI gateway)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("sendex-resend-host");
        Path certificate = folder.resolve("certificate.p12");
        generate(certificate);
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ResendHost host = new ResendHost(server, tls(certificate), gateway, folder);
        Thread.ofVirtual().start(host::serve);
        System.setProperty(TRUST_STORE, certificate.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
        ProxySelector.setDefault(
                ProxySelector.of(
                        new InetSocketAddress(server.getInetAddress(), server.getLocalPort())));
        return host;
    }

    @Override
    public void close() throws IOException {
        ProxySelector.setDefault(former);
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
        server.close();
        Files.delete(folder.resolve("certificate.p12"));
        Files.delete(folder);
    }

    private static void generate(Path certificate) throws IOException, InterruptedException {
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        NAME,
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=" + NAME,
                                        "-ext",
                                        "san=dns:" + NAME,
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        PASSWORD,
                                        "-keystore",
                                        certificate.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no certificate");
        }
    }

    private static SSLContext tls(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(certificate.toFile(), PASSWORD.toCharArray());
        store.setCertificateEntry("trusted", store.getCertificate(NAME));
        try (OutputStream out = Files.newOutputStream(certificate)) {
            store.store(out, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket there = new Socket(gateway.getHost(), gateway.getPort())) {
            readConnect(client.getInputStream());
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
            secured.setUseClientMode(false);
            Thread answers = Thread.ofVirtual().start(() -> copy(there, secured));
            copy(secured, there);
            answers.join();
        } catch (IOException | InterruptedException end) {
            // The client sees that the connection has ended.
        }
    }

    private static void readConnect(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("CONNECT " + NAME + ":443 ")) {
            throw new IOException("a request for another host");
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException end) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
