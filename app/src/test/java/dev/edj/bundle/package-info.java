@NullMarked
package dev.edj.bundle;

import org.jspecify.annotations.NullMarked;
