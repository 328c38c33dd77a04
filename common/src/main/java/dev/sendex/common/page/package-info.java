/// How lists are asked for and answered, a page at a time.
@NullMarked
package dev.sendex.common.page;

import org.jspecify.annotations.NullMarked;
