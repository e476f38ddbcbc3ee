/// Tests of splitting scripts and replacing variables; none needs a database.
@NullMarked
package dev.edj.script;

import org.jspecify.annotations.NullMarked;
