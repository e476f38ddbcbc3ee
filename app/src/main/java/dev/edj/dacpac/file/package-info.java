/// The parts of a package as they are written: names, elements, properties and relationships, whose
/// meaning is not looked at here.
@NullMarked
package dev.edj.dacpac.file;

import org.jspecify.annotations.NullMarked;
