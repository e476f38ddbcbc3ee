/// Pages of targets: what they are made of, and which databases they are now.
@NullMarked
package dev.edj.portal.target;

import org.jspecify.annotations.NullMarked;
