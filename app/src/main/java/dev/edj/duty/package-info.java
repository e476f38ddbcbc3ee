/// Loops that do one thing again and again, each on a virtual thread of its own.
@NullMarked
package dev.edj.duty;

import org.jspecify.annotations.NullMarked;
