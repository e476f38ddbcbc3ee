@NullMarked
package dev.edj.portal.execution;

import org.jspecify.annotations.NullMarked;
