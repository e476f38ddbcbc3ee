/// The audit log: what was done, by whom, from where, and whether it still is what was written.
@NullMarked
package dev.edj.portal.audit;

import org.jspecify.annotations.NullMarked;
