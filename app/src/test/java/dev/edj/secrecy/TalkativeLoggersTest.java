package dev.edj.secrecy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The product's own `logback.xml`, with every level as fine as can be.
class TalkativeLoggersTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void writeEverything() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(requireNonNull(getClass().getResource("/logback.xml")));
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    written.start();
    root.addAppender(written);
    context.getLoggerList().forEach(logger -> logger.setLevel(Level.TRACE));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void whatLibrariesAreSentIsNotWritten() {
    Logger server = context.getLogger("org.apache.coyote.http11.Http11InputBuffer");

    server.trace("Received [password=S3cret]");
    server.debug("Received [password=S3cret]");
    server.info("The HTTP header line [Authorization : Bearer S3cret] is wrong");
    server.warn("Stopping");

    assertThat(written.list).extracting(ILoggingEvent::getMessage).containsExactly("Stopping");
    assertThat(server.isDebugEnabled()).isFalse();
  }

  @Test
  void ourOwnLoggersAndThoseOfTheControlDatabaseTellAll() {
    context.getLogger("dev.edj.worker.Worker").trace("ours");
    context.getLogger("com.zaxxer.hikari.pool.HikariPool").debug("the pool");

    assertThat(written.list)
        .extracting(ILoggingEvent::getMessage)
        .containsExactly("ours", "the pool");
  }

  @Test
  void aNameThatOnlyBeginsLikeOursIsNotOurs() {
    context.getLogger("dev.edjacent.Library").debug("theirs");

    assertThat(written.list).isEmpty();
  }
}
