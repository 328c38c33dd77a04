/// Interprets PostgreSQL's errors.
@NullMarked
package dev.sendex.send.database;

import org.jspecify.annotations.NullMarked;
