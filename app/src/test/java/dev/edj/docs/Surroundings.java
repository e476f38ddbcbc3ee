package dev.edj.docs;

import dev.edj.testing.NoticeReceiver;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestMailServer;
import dev.edj.testing.TestMailServer.Way;

/// The machines that pages speak of: all database servers are one, and so are all web servers.
record Surroundings(PostgresServer databases, NoticeReceiver web, TestMailServer mail)
    implements AutoCloseable {

  static Surroundings start() {
    return new Surroundings(
        PostgresServer.start(), NoticeReceiver.start(), TestMailServer.start(Way.PLAIN));
  }

  @Override
  public void close() {
    mail.close();
    web.close();
  }
}
