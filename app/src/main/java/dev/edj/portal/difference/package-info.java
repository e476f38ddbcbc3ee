/// What is different between two versions of something, to be shown side by side.
@NullMarked
package dev.edj.portal.difference;

import org.jspecify.annotations.NullMarked;
