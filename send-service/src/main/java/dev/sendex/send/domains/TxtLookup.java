package dev.sendex.send.domains;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Looks up TXT records, over TCP (RFC 7766) so that answers cannot be spoofed from off the network
/// path.
@ApplicationScoped
class TxtLookup {

    private static final int DNS_PORT = 53;
    private static final int MAX_ID = 0x10000;
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");

    private final NetClient client;
    private final SocketAddress server;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();

    TxtLookup(Vertx vertx, DomainConfig config) {
        timeout = config.dnsTimeout();
        server = server(config.dnsServer().orElseGet(TxtLookup::systemServer));
        client =
                vertx.createNetClient(
                        new NetClientOptions().setConnectTimeout((int) timeout.toMillis()));
    }

    /// The TXT records of a name; empty if it has none or does not exist. Fails if the server does
    /// not answer or reports an error.
    Uni<List<String>> find(String name) {
        return Uni.createFrom()
                .<List<String>>emitter(found -> query(name, found))
                .ifNoItem()
                .after(timeout)
                .fail();
    }

    private void query(String name, UniEmitter<? super List<String>> found) {
        client.connect(server)
                .onFailure(found::fail)
                .onSuccess(socket -> {
                    found.onTermination(socket::close);
                    query(name, socket, found);
                });
    }

    private void query(String name, NetSocket socket, UniEmitter<? super List<String>> found) {
        int id = random.nextInt(MAX_ID);
        Buffer answer = Buffer.buffer();
        socket.handler(part -> {
            answer.appendBuffer(part);
            if (isComplete(answer)) {
                complete(answer, id, found);
            }
        });
        socket.closeHandler(
                _ -> found.fail(new IOException("the DNS server closed the connection")));
        socket.exceptionHandler(found::fail);
        socket.write(encodeQuery(id, name)).onFailure(found::fail);
    }

    private static void complete(Buffer answer, int id, UniEmitter<? super List<String>> found) {
        try {
            found.complete(texts(answer, id));
        } catch (IOException | RuntimeException unreadable) {
            found.fail(unreadable);
        }
    }

    /// Each message is preceded by its length in two octets.
    private static boolean isComplete(Buffer answer) {
        return answer.length() >= 2 && answer.length() >= 2 + answer.getUnsignedShort(0);
    }

    private static Buffer encodeQuery(int id, String name) {
        EmbeddedChannel encoder = new EmbeddedChannel(new TcpDnsQueryEncoder());
        DnsQuestion question = new DefaultDnsQuestion(name + ".", DnsRecordType.TXT);
        encoder.writeOutbound(
                new DefaultDnsQuery(id)
                        .setRecursionDesired(true)
                        .setRecord(DnsSection.QUESTION, question));
        ByteBuf octets = encoder.readOutbound();
        try {
            return Buffer.buffer(ByteBufUtil.getBytes(octets));
        } finally {
            octets.release();
            encoder.finishAndReleaseAll();
        }
    }

    private static List<String> texts(Buffer answer, int id) throws IOException {
        EmbeddedChannel decoder = new EmbeddedChannel(new TcpDnsResponseDecoder());
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(answer.getBytes()));
            DnsResponse response = decoder.readInbound();
            try {
                return texts(response, id);
            } finally {
                ReferenceCountUtil.release(response);
            }
        } finally {
            decoder.finishAndReleaseAll();
        }
    }

    private static List<String> texts(DnsResponse response, int id) throws IOException {
        if (response == null || response.id() != id) {
            throw new IOException("the DNS server's answer does not match the query");
        }
        if (response.code().equals(DnsResponseCode.NXDOMAIN)) {
            return List.of();
        }
        if (!response.code().equals(DnsResponseCode.NOERROR)) {
            throw new IOException("the DNS server answered " + response.code());
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            if (response.recordAt(DnsSection.ANSWER, i) instanceof DnsRawRecord record
                    && record.type().equals(DnsRecordType.TXT)) {
                texts.add(text(record.content()));
            }
        }
        return texts;
    }

    /// Concatenates the strings of one record, each preceded by its length in one octet (RFC 7208,
    /// section 3.3).
    private static String text(ByteBuf content) {
        StringBuilder text = new StringBuilder();
        while (content.isReadable()) {
            text.append(content.readCharSequence(content.readUnsignedByte(), UTF_8));
        }
        return text.toString();
    }

    private static SocketAddress server(String address) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > 0 && address.indexOf(':') == colon;
        return hasPort
                ? SocketAddress.inetSocketAddress(
                        Integer.parseInt(address.substring(colon + 1)), address.substring(0, colon))
                : SocketAddress.inetSocketAddress(DNS_PORT, address);
    }

    private static String systemServer() {
        try (Stream<String> lines = Files.lines(RESOLVER)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                    .map(words -> words[1])
                    .findFirst()
                    .orElseThrow(TxtLookup::noServer);
        } catch (IOException unreadable) {
            throw noServer();
        }
    }

    private static IllegalStateException noServer() {
        return new IllegalStateException(
                "%s names no DNS server: set sendex.domains.dns-server".formatted(RESOLVER));
    }
}
