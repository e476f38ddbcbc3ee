/// Contents: what a job applies, in numbered versions that never change.
@NullMarked
package dev.edj.content;

import org.jspecify.annotations.NullMarked;
