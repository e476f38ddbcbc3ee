/// Values of script variables: where they are given, which of them win, and which are secret.
@NullMarked
package dev.edj.parameter;

import org.jspecify.annotations.NullMarked;
