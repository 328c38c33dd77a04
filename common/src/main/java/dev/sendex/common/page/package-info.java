/// What endpoints answer alike: lists, a page at a time, and removals.
@NullMarked
package dev.sendex.common.page;

import org.jspecify.annotations.NullMarked;
