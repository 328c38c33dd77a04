package dev.sendex.key;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the field, a `Map<String, KeyPair>`, that takes the keys of the registered services which
/// sign assertions.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ClientKeys {}
