/// The story that `edj demo` tells: a service and a small fleet of databases of its own, and the
/// ordinary commands on them, each checked.
///
/// Start reading at [dev.edj.demo.Demo], which opens everything and leaves nothing behind;
/// [dev.edj.demo.Story] is what the person sees.
@NullMarked
package dev.edj.demo;

import org.jspecify.annotations.NullMarked;
