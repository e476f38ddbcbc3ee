package dev.edj.duty;

import java.time.Duration;

/// Something done again and again.
@FunctionalInterface
public interface Duty {

  /// Does what there is to do now, and says how long to wait before the next time; [Duration#ZERO]
  /// when there is more already.
  Duration perform() throws Exception;
}
