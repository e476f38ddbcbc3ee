@NullMarked
package dev.edj.shardmap;

import org.jspecify.annotations.NullMarked;
