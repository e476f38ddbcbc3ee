/// The commands behind every performance sentence in the docs.
@NullMarked
package dev.edj.bench;

import org.jspecify.annotations.NullMarked;
