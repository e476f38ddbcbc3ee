/// What forms offer to choose from: names, a few at a time, however many there are. Where scripts
/// do not run a name is typed, and what does not exist is said beside its field.
@NullMarked
package dev.edj.portal.choice;

import org.jspecify.annotations.NullMarked;
