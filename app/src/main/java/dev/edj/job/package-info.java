/// Jobs: content, credential and target, bound under a name, in versions.
@NullMarked
package dev.edj.job;

import org.jspecify.annotations.NullMarked;
