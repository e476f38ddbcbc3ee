@NullMarked
package dev.edj.doctor;

import org.jspecify.annotations.NullMarked;
