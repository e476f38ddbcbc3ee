/// The control database: PostgreSQL, embedded or shared, its migrations, and its wake-up calls.
@NullMarked
package dev.edj.controldb;

import org.jspecify.annotations.NullMarked;
