/// Workers carry tasks out: claim children, run their scripts, report how that went.
///
/// A [Worker] claims; each claimed child becomes a [RunningAttempt] on a virtual thread of its own,
/// run by an [AttemptRunner]; the [Reporter] records the ends in batches. The node's lease says
/// whether this process may still act for what it claimed.
@NullMarked
package dev.edj.worker;

import org.jspecify.annotations.NullMarked;
