@NullMarked
package dev.edj.engine.rows;

import org.jspecify.annotations.NullMarked;
