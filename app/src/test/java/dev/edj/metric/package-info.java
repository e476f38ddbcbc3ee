@NullMarked
package dev.edj.metric;

import org.jspecify.annotations.NullMarked;
