package dev.sendex.local.stack;

import dev.sendex.local.gateway.Service;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command-line options of `./sendex up`.
///
/// @param port the port of the gateway
/// @param nativeServices whether the services are native executables
/// @param kafkaEvents whether the SES sandbox publishes its events to Kafka rather than through SNS
/// @param replicas the number of instances, for services with more than one
record UpOptions(
        Path directory,
        int port,
        boolean nativeServices,
        boolean kafkaEvents,
        Map<Service, Integer> replicas) {

    private static final int DEFAULT_PORT = 8080;

    UpOptions {
        replicas = Map.copyOf(replicas);
    }

    int replicas(Service service) {
        return replicas.getOrDefault(service, 1);
    }

    static UpOptions parse(List<String> arguments) throws StackFailure {
        Path directory = Path.of(".sendex");
        int port = DEFAULT_PORT;
        boolean nativeServices = false;
        boolean kafkaEvents = false;
        Map<Service, Integer> replicas = new EnumMap<>(Service.class);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--data" -> directory = Path.of(value(option, rest));
                case "--port" -> port = number(option, value(option, rest), 65_535);
                case "--native" -> nativeServices = true;
                case "--events" -> kafkaEvents = isKafka(value(option, rest));
                case "--replicas" -> addReplicas(value(option, rest), replicas);
                default ->
                        throw new StackFailure(
                                "%s is not an option. See ./sendex help.".formatted(option));
            }
        }
        return new UpOptions(directory, port, nativeServices, kafkaEvents, replicas);
    }

    private static boolean isKafka(String written) throws StackFailure {
        return switch (written) {
            case "kafka" -> true;
            case "sns" -> false;
            default ->
                    throw new StackFailure(
                            "--events must be sns or kafka, not %s.".formatted(written));
        };
    }

    private static void addReplicas(String written, Map<Service, Integer> replicas)
            throws StackFailure {
        String[] parts = written.split("=", -1);
        @Nullable Service service = Service.find(parts[0]);
        if (parts.length != 2 || service == null) {
            throw new StackFailure(
                    "--replicas needs a service and a number, such as send-service=2.");
        }
        replicas.put(service, number("--replicas", parts[1], 9));
    }

    private static String value(String option, Iterator<String> rest) throws StackFailure {
        if (!rest.hasNext()) {
            throw new StackFailure("%s needs a value.".formatted(option));
        }
        return rest.next();
    }

    private static int number(String option, String written, int greatest) throws StackFailure {
        if (!written.matches("[1-9]\\d{0,4}") || Integer.parseInt(written) > greatest) {
            throw new StackFailure(
                    "%s must be a number from 1 to %d, not %s."
                            .formatted(option, greatest, written));
        }
        return Integer.parseInt(written);
    }
}
