package dev.sendex.local.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/// Answers a request whose body has an invalid chunk with 400 and closes the connection. Vert.x
/// only closes it, which is all that can be done once a response has begun or while an earlier one
/// is outstanding.
final class MalformedBodies extends ChannelDuplexHandler {

    private static final int FIRST_FINAL_STATUS = 200;

    private int unanswered;
    private boolean responding;
    private boolean refused;

    static void refuse(HttpConnection connection) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        vertx.pipeline().addBefore(vertx.name(), "malformed-bodies", new MalformedBodies());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (isMalformed(message) && unanswered == 1 && !responding) {
            ReferenceCountUtil.release(message);
            refuse(context);
        } else {
            context.fireChannelRead(message);
        }
    }

    /// Malformed heads are refused by [GatewayProblem].
    private static boolean isMalformed(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure();
    }

    private void refuse(ChannelHandlerContext context) {
        refused = true;
        ChannelFuture _ = context.writeAndFlush(GatewayProblem.MALFORMED_REQUEST.response());
        ScheduledFuture<?> _ =
                context.executor()
                        .schedule(
                                () -> close(context),
                                GatewayProblem.LINGER_MILLIS,
                                TimeUnit.MILLISECONDS);
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
