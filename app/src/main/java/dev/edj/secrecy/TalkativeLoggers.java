package dev.edj.secrecy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/// Keeps what others write into the log that is no warning out of it, whatever the levels are.
///
/// The web server writes down every request, with its cookies, tokens and bodies, and at `INFO`
/// those that it cannot read; what binds forms and JSON, the values that it could not bind;
/// drivers, statements and their parameters. What a library writes there changes with its versions,
/// so those are named that are known to be discreet, and all others are quiet.
public final class TalkativeLoggers extends TurboFilter {

  /// Ours, the pool, and what migrates and reads the control database.
  private static final List<String> DISCREET =
      List.of("dev.edj.", "com.zaxxer.hikari.", "org.flywaydb.", "org.jdbi.");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable throwable) {
    return level.isGreaterOrEqual(Level.WARN) || isDiscreet(logger.getName())
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  private static boolean isDiscreet(String name) {
    return DISCREET.stream().anyMatch(name::startsWith);
  }
}
