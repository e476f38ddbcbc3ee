@NullMarked
package dev.edj.portal.difference;

import org.jspecify.annotations.NullMarked;
