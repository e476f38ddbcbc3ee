/// The one exception of EDJ's own and the rule for names: what every door turns into an HTTP status
/// or an exit code.
@NullMarked
package dev.edj.problem;

import org.jspecify.annotations.NullMarked;
