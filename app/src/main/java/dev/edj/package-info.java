/// EDJ, Elastic Database Jobs: the entry point and the wiring of the whole.
@NullMarked
package dev.edj;

import org.jspecify.annotations.NullMarked;
