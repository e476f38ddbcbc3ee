/// Executions: runs of jobs, their children, tasks and batches, and the queue they form.
@NullMarked
package dev.edj.execution;

import org.jspecify.annotations.NullMarked;
