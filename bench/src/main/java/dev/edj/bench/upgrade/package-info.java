/// Upgrades a service from the previous version while jobs run, and back, as an administrator does.
@NullMarked
package dev.edj.bench.upgrade;

import org.jspecify.annotations.NullMarked;
