package dev.edj.schedule;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What time it is for schedules: the control database's, the same for all nodes. Tests set
/// another.
@FunctionalInterface
public interface ScheduleClock {

  ScheduleClock CONTROL_DATABASE = handle -> handle.attach(ScheduleStore.class).now();

  Instant now(Handle handle);
}
