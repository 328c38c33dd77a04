package dev.sendex.local.stack;

import java.net.URI;
import java.nio.file.Path;

/// The message that is printed once the stack is up.
final class Welcome {

    private Welcome() {}

    static void print(Progress progress, URI gateway, Demo demo, Path directory) {
        progress.say(
                """

                Sendex is up.

                  dashboard   %1$s
                  account     %2$s  %3$s
                  scoped key  %4$s
                              (may send from %5$s, nothing else)

                Send an email:

                curl -X POST %1$s/v1/emails -H "Authorization: Bearer %4$s" -H "Content-Type: application/json" \\
                  -d '{"from":"hello@%5$s","to":"success@simulator.amazonses.com","subject":"Your order is confirmed","html":"<h1>Thanks for your order!</h1>"}'

                Addresses, processes and the full-access key are in %6$s.
                Ctrl-C or ./sendex down stops it; the data stay.\
                """
                        .formatted(
                                gateway,
                                demo.email(),
                                demo.password(),
                                demo.scopedKey(),
                                demo.domain(),
                                directory.resolve("stack.json")));
    }
}
