/// Writes Apache Parquet files, as far as rows of flat, typed columns need it: data pages of
/// version 1, values one after the other (`PLAIN`), compressed with gzip.
///
/// Of the format (https://parquet.apache.org/docs/file-format/) this leaves out dictionaries,
/// statistics and indexes, which a reader can do without, and everything nested.
@NullMarked
package dev.edj.result.parquet;

import org.jspecify.annotations.NullMarked;
