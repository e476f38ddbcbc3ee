/// What tests of several packages use.
@NullMarked
package dev.edj.testing;

import org.jspecify.annotations.NullMarked;
