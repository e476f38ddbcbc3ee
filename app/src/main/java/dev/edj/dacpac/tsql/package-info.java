/// T-SQL, written and compared: the statements that make, change and drop what a database is made
/// of, and whether two texts mean the same.
///
/// Start reading at [dev.edj.dacpac.tsql.Statements]; whether texts mean the same is asked of
/// [dev.edj.dacpac.tsql.ModuleTexts] and [dev.edj.dacpac.tsql.Expressions]. Statements look as
/// those that DacFx writes, so that scripts can be compared.
///
/// Every name goes into a statement through [dev.edj.dacpac.file.ObjectName], every value through
/// [dev.edj.dacpac.tsql.Literal]. Texts of modules and expressions are the code of the package's
/// author, and are not touched.
@NullMarked
package dev.edj.dacpac.tsql;

import org.jspecify.annotations.NullMarked;
