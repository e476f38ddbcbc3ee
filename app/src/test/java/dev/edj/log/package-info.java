@NullMarked
package dev.edj.log;

import org.jspecify.annotations.NullMarked;
