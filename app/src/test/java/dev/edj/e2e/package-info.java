/// The built jar as processes: what a person does, from the first start to a lost machine.
@NullMarked
package dev.edj.e2e;

import org.jspecify.annotations.NullMarked;
