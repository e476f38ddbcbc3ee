/// All that helps to find out what became of an execution, in one file that can be sent to whoever
/// helps: begin with [Bundles].
@NullMarked
package dev.edj.bundle;

import org.jspecify.annotations.NullMarked;
