/// The one exception of EDJ's own, which every door turns into an HTTP status or an exit code; the
/// rule for names, and which of them are listed.
@NullMarked
package dev.edj.problem;

import org.jspecify.annotations.NullMarked;
