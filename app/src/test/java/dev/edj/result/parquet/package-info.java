@NullMarked
package dev.edj.result.parquet;

import org.jspecify.annotations.NullMarked;
