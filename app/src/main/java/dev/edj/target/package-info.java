/// Targets: databases, servers and collections, and which databases they are now.
@NullMarked
package dev.edj.target;

import org.jspecify.annotations.NullMarked;
