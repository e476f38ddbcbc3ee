/// What an archive of EDJ has beside the program: what `packaging/` holds, and what the program
/// makes.
@NullMarked
package dev.edj.packaging;

import org.jspecify.annotations.NullMarked;
