/// Tests that nothing shows what nobody may see.
@NullMarked
package dev.edj.secrecy;

import org.jspecify.annotations.NullMarked;
