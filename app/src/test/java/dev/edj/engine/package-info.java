@NullMarked
package dev.edj.engine;

import org.jspecify.annotations.NullMarked;
