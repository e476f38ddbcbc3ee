@NullMarked
package dev.edj.portal.content;

import org.jspecify.annotations.NullMarked;
