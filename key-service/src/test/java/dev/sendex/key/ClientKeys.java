package dev.sendex.key;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Injects the key pairs of the registered services that sign assertions into a field of type
/// `Map<String, KeyPair>`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ClientKeys {}
