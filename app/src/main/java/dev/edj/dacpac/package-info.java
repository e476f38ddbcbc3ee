/// Data-tier packages (`.dacpac`): opening them, and knowing what is in them.
///
/// Start reading at [dev.edj.dacpac.DacpacFile]. The format is that of the files which DacFx
/// writes; docs/dacpac.md says what is known of it. Nothing here knows the rest of the service, so
/// that the package can be used alone.
///
/// A package is a file that somebody sends: it is opened as such. Sizes and depths have limits,
/// nothing outside of it is ever loaded, and whatever is not as it must be is refused with the
/// reason.
@NullMarked
package dev.edj.dacpac;

import org.jspecify.annotations.NullMarked;
