/// What the commands take and mean, as one model that pages are made of: the reference in the
/// documentation, manual pages, completions. It is read from what the command line itself parses
/// by, so that nothing of it is written twice.
@NullMarked
package dev.edj.cli.manual;

import org.jspecify.annotations.NullMarked;
