/// The documentation is tested like the code: what its pages say, show and link to.
@NullMarked
package dev.edj.docs;

import org.jspecify.annotations.NullMarked;
