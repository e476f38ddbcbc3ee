/// A live SQL Server database as the records of [dev.edj.dacpac.model].
///
/// Start reading at [dev.edj.dacpac.catalog.CatalogReader]. Each class here asks for one kind of
/// objects, all of them with one statement; ids are turned into names here and not by joins
/// ([dev.edj.dacpac.catalog.Names]). Names of views and columns are those of the documentation of
/// the catalog views; what came after SQL Server 2012 is asked for only where the server has it
/// ([dev.edj.dacpac.catalog.SystemViews]).
///
/// What the records cannot say is not passed over: it becomes a [dev.edj.dacpac.model.Unmodelled],
/// and beside it, as far as there is one, stands the record of what can be said, such as the index
/// that is compressed. So a deployment that does not touch it finds nothing to do.
@NullMarked
package dev.edj.dacpac.catalog;

import org.jspecify.annotations.NullMarked;
