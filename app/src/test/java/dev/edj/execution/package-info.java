@NullMarked
package dev.edj.execution;

import org.jspecify.annotations.NullMarked;
