/// What the service is told at its start: options of the command line, then `EDJ_*` variables, then
/// defaults; and the small files by which a client on the same machine finds it.
@NullMarked
package dev.edj.settings;

import org.jspecify.annotations.NullMarked;
