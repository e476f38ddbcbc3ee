/// A node that is killed between any two statements, or any two messages to a destination.
@NullMarked
package dev.edj.failpoint;

import org.jspecify.annotations.NullMarked;
