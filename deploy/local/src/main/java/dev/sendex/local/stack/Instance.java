package dev.sendex.local.stack;

import dev.sendex.local.gateway.Service;
import dev.sendex.local.process.Ports;
import java.net.URI;

/// An instance of a service, with its ports.
///
/// @param number counted from 1
record Instance(Service service, int number, int port, int managementPort) {

    static Instance of(Service service, int number) {
        return new Instance(service, number, Ports.free(), Ports.free());
    }

    /// The service's name, with the number for all but the first instance.
    String name() {
        return number == 1 ? service.module() : service.module() + "-" + number;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }
}
