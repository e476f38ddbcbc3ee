/// Times, durations and words as people write and read them, at every door.
@NullMarked
package dev.edj.text;

import org.jspecify.annotations.NullMarked;
