@NullMarked
package dev.edj.text;

import org.jspecify.annotations.NullMarked;
