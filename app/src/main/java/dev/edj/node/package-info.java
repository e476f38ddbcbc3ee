/// Nodes: the processes of the service, each with a heartbeat row in the control database.
///
/// A [NodeLease] is a process's own view of its row, [Nodes] what people see and do of all of them.
/// What a node is for is its [NodeRole]s, what it can reach its [Labels].
@NullMarked
package dev.edj.node;

import org.jspecify.annotations.NullMarked;
