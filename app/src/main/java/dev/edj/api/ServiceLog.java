package dev.edj.api;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.edj.settings.LogFormat;
import dev.edj.settings.LogLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// The log of a process of the service, as `logback.xml` has it: one for all, also for what the
/// drivers and the web server write in their own ways.
final class ServiceLog {

  /// What `logback.xml` asks for, also when Spring reads it again.
  private static final String LEVEL = "edj.log.level";

  private static final String FORMAT = "edj.log.format";

  private ServiceLog() {}

  /// From now on, in this process.
  ///
  /// @param level null for the usual: what EDJ has to say, and the warnings of others
  static void begin(@Nullable LogLevel level, LogFormat format) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    boolean usual = level == null && format == LogFormat.TEXT;
    if (!usual && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      if (level != null) {
        System.setProperty(LEVEL, level.name());
      }
      System.setProperty(FORMAT, format.text());
      context.reset();
      try {
        new ContextInitializer(context).autoConfig();
      } catch (JoranException e) {
        throw new IllegalStateException("logback.xml cannot be read", e);
      }
    }
  }
}
