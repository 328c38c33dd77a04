package dev.sendex.sandbox.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A DNS server on loopback, over TCP. Serves the TXT records that were added; all other names do
/// not exist.
public final class ZoneServer implements AutoCloseable {

    private static final int MAX_TEXT = 255;
    private static final int MAX_RECORDS = 10_000;
    private static final int TTL_SECONDS = 1;

    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final AtomicInteger records = new AtomicInteger();
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel channel;

    private ZoneServer(int port) {
        channel =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel opened) {
                                        opened.pipeline()
                                                .addLast(
                                                        new TcpDnsQueryDecoder(),
                                                        new TcpDnsResponseEncoder(),
                                                        new Answering());
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), port)
                        .syncUninterruptibly()
                        .channel();
    }

    /// Starts listening.
    ///
    /// @param port 0 for any free port
    public static ZoneServer start(int port) {
        return new ZoneServer(port);
    }

    /// The address in the form `127.0.0.1:53`.
    public String address() {
        InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
        return bound.getAddress().getHostAddress() + ":" + bound.getPort();
    }

    /// Adds a TXT record.
    ///
    /// @throws IllegalArgumentException if the text is longer than 255 octets or not ASCII, or if
    ///   there are 10,000 records already
    public void put(String name, String text) {
        if (text.length() > MAX_TEXT || !US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("A text has at most 255 ASCII characters.");
        }
        if (records.incrementAndGet() > MAX_RECORDS) {
            throw new IllegalArgumentException("The zone has 10,000 records and takes no more.");
        }
        texts.compute(
                key(name),
                (_, before) -> {
                    List<String> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
                    all.add(text);
                    return List.copyOf(all);
                });
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }

    private final class Answering extends SimpleChannelInboundHandler<DnsQuery> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            DnsResponse response = new DefaultDnsResponse(query.id());
            response.addRecord(
                    DnsSection.QUESTION,
                    new DefaultDnsQuestion(question.name(), question.type(), question.dnsClass()));
            List<String> found = texts.getOrDefault(key(question.name()), List.of());
            if (found.isEmpty()) {
                response.setCode(DnsResponseCode.NXDOMAIN);
            } else if (question.type().equals(DnsRecordType.TXT)) {
                found.forEach(
                        text -> response.addRecord(DnsSection.ANSWER, record(question, text)));
            }
            ChannelFuture _ = context.writeAndFlush(response);
        }

        private static DefaultDnsRawRecord record(DnsQuestion question, String text) {
            return new DefaultDnsRawRecord(
                    question.name(),
                    DnsRecordType.TXT,
                    TTL_SECONDS,
                    Unpooled.buffer(text.length() + 1)
                            .writeByte(text.length())
                            .writeBytes(text.getBytes(US_ASCII)));
        }
    }
}
