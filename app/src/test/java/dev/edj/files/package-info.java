@NullMarked
package dev.edj.files;

import org.jspecify.annotations.NullMarked;
