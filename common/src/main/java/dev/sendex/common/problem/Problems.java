package dev.sendex.common.problem;

import static dev.sendex.common.problem.Problem.INTERNAL_SERVER_ERROR;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.METHOD_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;
import static dev.sendex.common.problem.Problem.NOT_ACCEPTABLE;
import static dev.sendex.common.problem.Problem.NOT_FOUND;
import static dev.sendex.common.problem.Problem.PAYLOAD_TOO_LARGE;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;
import static dev.sendex.common.problem.Problem.UNSUPPORTED_MEDIA_TYPE;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.sendex.common.database.DatabaseFailures;
import dev.sendex.common.problem.ProblemException.FieldError;
import io.quarkus.logging.Log;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.WebApplicationException;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Determines the problem for a failure.
final class Problems {

    private static final Set<Class<? extends Annotation>> REQUIRED =
            Set.of(NotNull.class, NotBlank.class, NotEmpty.class);

    /// PostgreSQL's `character_not_in_repertoire`.
    private static final String NUL_IN_TEXT = "22021";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final OutageLog OUTAGE_LOG = new OutageLog();

    private Problems() {}

    static ProblemException of(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case ConstraintViolationException violations -> ofViolations(violations);
            case JsonProcessingException json -> ofJson(json);
            case WebApplicationException web -> ofFramework(web);
            default -> ofUnexpected(failure);
        };
    }

    private static ProblemException ofUnexpected(Throwable failure) {
        if (hasNul(failure)) {
            return ofNul();
        }
        return DatabaseFailures.isTemporary(failure) ? ofOutage(failure) : ofBug(failure);
    }

    /// During an outage every request fails like this, so only one line now and then is logged.
    private static ProblemException ofOutage(Throwable failure) {
        OUTAGE_LOG.failed(failure);
        return SERVICE_UNAVAILABLE.retryAfter(
                RETRY_AFTER, "The service cannot reach its database. Try again in a moment.");
    }

    /// The problem for a status that Quarkus has chosen.
    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND.because("No such route.");
            case 405 ->
                    METHOD_NOT_ALLOWED.because("Use a method that is documented for this route.");
            case 406 -> NOT_ACCEPTABLE.because("Send Accept: application/json.");
            case 413 -> PAYLOAD_TOO_LARGE.because("Send a smaller body.");
            case 415 -> UNSUPPORTED_MEDIA_TYPE.because("Send Content-Type: application/json.");
            case 503 -> SERVICE_UNAVAILABLE.because("Try again in a moment.");
            default ->
                    status < 500
                            ? MALFORMED_REQUEST.because("The request is not valid HTTP or JSON.")
                            : unexpected();
        };
    }

    private static ProblemException unexpected() {
        return INTERNAL_SERVER_ERROR.because(
                "Try again. If the error persists, send the request_id to the operator.");
    }

    /// Whether PostgreSQL refused a text with a NUL, the only character that it does not accept.
    private static boolean hasNul(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = causeOf(cause)) {
            if (NUL_IN_TEXT.equals(DatabaseFailures.sqlState(cause))) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException ofNul() {
        return VALIDATION_ERROR.because("A string contains a NUL character. Remove it.");
    }

    private static ProblemException ofBug(Throwable failure) {
        Log.error("request failed unexpectedly", failure);
        return unexpected();
    }

    private static ProblemException ofFramework(WebApplicationException failure) {
        return failure.getCause() instanceof JsonProcessingException json
                ? ofJson(json)
                : ofStatus(failure.getResponse().getStatus());
    }

    private static ProblemException ofViolations(ConstraintViolationException failure) {
        List<FieldError> errors = new ArrayList<>();
        boolean onlyMissing = true;
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            errors.add(new FieldError(field(violation), violation.getMessage()));
            onlyMissing &= REQUIRED.contains(constraint(violation));
        }
        errors.sort(Comparator.comparing(FieldError::field).thenComparing(FieldError::message));
        FieldError first = errors.getFirst();
        Problem problem = onlyMissing ? MISSING_REQUIRED_FIELD : VALIDATION_ERROR;
        return problem.because("`%s` %s".formatted(first.field(), first.message()), errors);
    }

    private static Class<? extends Annotation> constraint(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAnnotation().annotationType();
    }

    /// The member's name in JSON. The first two nodes of the path are the endpoint's method and
    /// parameter, which callers do not know.
    private static String field(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) {
            names.add(node.toString());
        }
        List<String> members = names.size() > 2 ? names.subList(2, names.size()) : List.of("body");
        return String.join(".", members)
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static ProblemException ofJson(JsonProcessingException failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return MALFORMED_REQUEST.because("The body is not valid JSON.");
        }
        if (causeOf(mapping) instanceof ProblemException problem) {
            return problem;
        }
        String field = field(mapping);
        if (mapping instanceof UnrecognizedPropertyException) {
            return VALIDATION_ERROR.on(field, "is not a member of this request; remove it");
        }
        return field.isEmpty()
                ? MALFORMED_REQUEST.because("The body must be a JSON object as documented.")
                : MALFORMED_REQUEST.on(field, "has the wrong type");
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        return failure.getCause();
    }

    private static String field(JsonMappingException failure) {
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference reference : failure.getPath()) {
            if (reference.getFieldName() == null) {
                field.append('[').append(reference.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return field.toString();
    }
}
