/// Notices: who is told of the ends of executions, of rollouts that a limit stopped, and of waves
/// that wait for an approval; by webhook or by e-mail.
///
/// That something is to be told is written in the statement that makes it so
/// (`execution.Occasions`). What is written is sent by the controllers, at least once: an attempt
/// is noted before it begins, with the time at which its node counts as lost, and its end after it.
/// All attempts of a delivery have the same id and the same body, so that receivers can leave out
/// what they have. What a receiver does not take is tried again with growing waits, and given up
/// after about a day, where everybody can see it.
@NullMarked
package dev.edj.notice;

import org.jspecify.annotations.NullMarked;
