/// What can be found out about an installation without a service that runs, and without changing
/// anything: each [Examination] looks at one part of it and says what it found, and what to do.
@NullMarked
package dev.edj.doctor;

import org.jspecify.annotations.NullMarked;
