@NullMarked
package dev.edj.portal.job;

import org.jspecify.annotations.NullMarked;
