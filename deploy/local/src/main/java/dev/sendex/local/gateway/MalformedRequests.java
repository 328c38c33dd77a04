package dev.sendex.local.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/// Answers requests that Netty cannot parse, and closes the connection a moment later: closing it
/// while the client still sends would reset it before the client has read the answer. Vert.x closes
/// at once, and without any answer if the body is malformed. It still does so once a response has
/// begun or while an earlier one is outstanding.
final class MalformedRequests extends ChannelDuplexHandler {

    private static final int FIRST_FINAL_STATUS = 200;
    private static final long LINGER_MILLIS = 1_000;

    private int unanswered;
    private boolean responding;
    private boolean refused;

    static void refuse(HttpConnection connection) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), "malformed-requests", new MalformedRequests());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpObject part
                && part.decoderResult().isFailure()
                && unanswered == 1
                && !responding) {
            ReferenceCountUtil.release(message);
            refuse(context, GatewayProblem.of(part.decoderResult().cause()));
        } else {
            context.fireChannelRead(message);
        }
    }

    private void refuse(ChannelHandlerContext context, GatewayProblem problem) {
        refused = true;
        ChannelFuture _ = context.writeAndFlush(problem.response());
        ScheduledFuture<?> _ =
                context.executor()
                        .schedule(() -> close(context), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture _ = context.close();
    }

    /// Discards what the service responds to a request that was refused.
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        if (message instanceof HttpResponse response
                && response.status().code() >= FIRST_FINAL_STATUS) {
            responding = true;
        }
        if (message instanceof LastHttpContent && responding) {
            responding = false;
            unanswered--;
        }
        ChannelFuture _ = context.write(message, promise);
    }
}
