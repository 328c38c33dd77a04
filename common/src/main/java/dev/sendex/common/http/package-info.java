/// HTTP rules that apply to every endpoint of every service.
@NullMarked
package dev.sendex.common.http;

import org.jspecify.annotations.NullMarked;
