/// `bench/run fuzz`: a hostile client of the REST API, made from its OpenAPI document.
///
/// [FuzzBench] is the story. [ApiDocument] reads the document, [Values] makes what a field may be
/// or may not, [Requests] makes requests of it, a [FuzzedService] answers them, and the [Judge]
/// says what no answer may be.
@NullMarked
package dev.edj.bench.fuzz;

import org.jspecify.annotations.NullMarked;
