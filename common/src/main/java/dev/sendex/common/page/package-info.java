/// Common responses: pages of lists, and deletions.
@NullMarked
package dev.sendex.common.page;

import org.jspecify.annotations.NullMarked;
