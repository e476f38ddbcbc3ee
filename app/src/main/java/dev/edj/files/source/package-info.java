/// YAML bound to records, with the place of each value, and all that is wrong at once.
@NullMarked
package dev.edj.files.source;

import org.jspecify.annotations.NullMarked;
