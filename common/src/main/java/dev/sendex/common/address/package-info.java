/// Email addresses and domain names. Each has one canonical form, so that what is compared is what
/// is sent to, in all services.
@NullMarked
package dev.sendex.common.address;

import org.jspecify.annotations.NullMarked;
