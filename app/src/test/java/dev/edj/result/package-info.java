@NullMarked
package dev.edj.result;

import org.jspecify.annotations.NullMarked;
