@NullMarked
package dev.edj.cli;

import org.jspecify.annotations.NullMarked;
