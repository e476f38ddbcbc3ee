@NullMarked
package dev.edj.trace;

import org.jspecify.annotations.NullMarked;
