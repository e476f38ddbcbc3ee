/// What a database is made of, as far as a deployment knows: the same records whether they come
/// from a package or from a server's catalog.
///
/// Start reading at [dev.edj.dacpac.model.Database]. Every default that a package leaves out is
/// filled in, so that two objects can be compared field by field.
@NullMarked
package dev.edj.dacpac.model;

import org.jspecify.annotations.NullMarked;
