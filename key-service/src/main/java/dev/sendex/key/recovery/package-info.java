/// New passwords: for members who know the old one, and for those who have lost it.
@NullMarked
package dev.sendex.key.recovery;

import org.jspecify.annotations.NullMarked;
