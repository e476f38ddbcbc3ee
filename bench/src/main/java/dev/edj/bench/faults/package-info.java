/// `bench/run faults`: real processes of the service, real servers, faults by a seed, and a checker
/// that believes nothing but what the script itself left in the databases.
///
/// [FaultBench] is the story. A [Cluster] is nodes, servers, and a [Proxy] on every way between
/// them; a [Plan] says which [Fault] comes when, and the [Injector] does it; the [Workload] keeps
/// jobs running; the [Sampler] looks at the targets' sessions; the [Checker] compares the [Witness]
/// rows with what EDJ recorded, [Deliveries] with what came to the destination, and [Handovers]
/// tells how soon the work of a lost node went on.
@NullMarked
package dev.edj.bench.faults;

import org.jspecify.annotations.NullMarked;
