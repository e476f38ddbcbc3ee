@NullMarked
package dev.edj.portal;

import org.jspecify.annotations.NullMarked;
