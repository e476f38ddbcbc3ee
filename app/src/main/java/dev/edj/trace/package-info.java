/// Traces of executions for OpenTelemetry: one trace for each, whose id is that of the execution,
/// so that what several nodes did for it comes together without anything being handed from one to
/// the other. Nothing is recorded unless a collector is named.
@NullMarked
package dev.edj.trace;

import org.jspecify.annotations.NullMarked;
