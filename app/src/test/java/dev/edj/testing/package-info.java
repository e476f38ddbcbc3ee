/// Real servers for tests, started once and ended with the virtual machine.
@NullMarked
package dev.edj.testing;

import org.jspecify.annotations.NullMarked;
