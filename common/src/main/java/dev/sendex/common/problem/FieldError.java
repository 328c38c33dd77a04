package dev.sendex.common.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// One thing wrong with one member of a request.
///
/// @param field the member as the caller wrote it, nested members joined by dots
/// @param message what is wrong with it and what would be right
@RegisterForReflection
public record FieldError(String field, String message) {}
