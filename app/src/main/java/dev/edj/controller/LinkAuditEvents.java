package dev.edj.controller;

import dev.edj.audit.Chain;
import dev.edj.duty.Duty;
import java.time.Duration;

/// Links the events of the audit log that have no link yet.
final class LinkAuditEvents implements Duty {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Chain chain;

  LinkAuditEvents(Chain chain) {
    this.chain = chain;
  }

  @Override
  public Duration perform() {
    return chain.extend() ? Duration.ZERO : POLL;
  }
}
