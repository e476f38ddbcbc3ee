/// Execution policies: time-outs and retries.
@NullMarked
package dev.edj.policy;

import org.jspecify.annotations.NullMarked;
