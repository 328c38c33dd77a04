package dev.sendex.local.stack;

import dev.sendex.local.gateway.Service;
import dev.sendex.local.process.Ports;
import java.net.URI;

/// One running copy of a service, by its addresses.
///
/// @param number from 1
record Instance(Service service, int number, int port, int managementPort) {

    static Instance of(Service service, int number) {
        return new Instance(service, number, Ports.free(), Ports.free());
    }

    /// The service's name, with its number where it is not the first.
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
