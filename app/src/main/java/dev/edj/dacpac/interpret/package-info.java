/// What a package's model means: from its raw elements to the records of
/// [dev.edj.dacpac.model.Database].
///
/// Start reading at [dev.edj.dacpac.interpret.Interpreter]. What an element may hold is declared in
/// one [dev.edj.dacpac.interpret.ElementRule] for each type, beside the code that reads it. The
/// same declarations check every element, and make docs/reference/dacpac-elements.md
/// ([dev.edj.dacpac.interpret.Coverage]). What nobody has declared is refused.
@NullMarked
package dev.edj.dacpac.interpret;

import org.jspecify.annotations.NullMarked;
