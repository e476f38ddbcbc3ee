@NullMarked
package dev.edj.access;

import org.jspecify.annotations.NullMarked;
