/// A node that is killed between any two statements.
@NullMarked
package dev.edj.failpoint;

import org.jspecify.annotations.NullMarked;
