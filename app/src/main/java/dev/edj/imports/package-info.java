/// Imports: what people have in the formats of other tools, as declarations that they can read,
/// change and apply. Nothing is sent to a service from here.
@NullMarked
package dev.edj.imports;

import org.jspecify.annotations.NullMarked;
