/// Data-tier packages (`.dacpac`): opening them, knowing what is in them, and making databases what
/// they describe.
///
/// Start reading at [dev.edj.dacpac.SqlServerDeployer], which goes through the layers: `file` has
/// what is written, `interpret` what it means, `catalog` what a server has, `model` both as the
/// same records, `tsql` the statements, `plan` what is to be done. The format is that of the files
/// which DacFx writes; docs/reference/dacpac.md says what is known of it, and decision 13 why all
/// this is as it is. Nothing here knows the rest of the service, so that the package can be used
/// alone.
///
/// A package is a file that somebody sends: it is opened as such. Sizes and depths have limits,
/// nothing outside of it is ever loaded, and whatever is not as it must be is refused with the
/// reason.
@NullMarked
package dev.edj.dacpac;

import org.jspecify.annotations.NullMarked;
