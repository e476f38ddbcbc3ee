/// Rows on their way from one database to another, or to a person: neutral types, a spool that
/// holds any number of rows in little memory, and how each engine reads and writes them.
@NullMarked
package dev.edj.engine.rows;

import org.jspecify.annotations.NullMarked;
