@NullMarked
package dev.edj.worker;

import org.jspecify.annotations.NullMarked;
