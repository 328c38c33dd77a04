/// What PostgreSQL says, in the service's words.
@NullMarked
package dev.sendex.send.database;

import org.jspecify.annotations.NullMarked;
