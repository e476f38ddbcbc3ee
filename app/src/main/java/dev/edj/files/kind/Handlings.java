package dev.edj.files.kind;

import dev.edj.access.Account;
import dev.edj.access.Role;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Reach;
import java.time.InstantSource;

/// The handling of each kind.
///
/// @param reach where the files may be that declarations name
public record Handlings(Service service, InstantSource clock, Reach reach) {

  /// Whether whoever asks sees what the service has of a kind.
  public boolean sees(Kind kind) {
    return !kind.isConfidential()
        || service.read(Account.class, "account").role() == Role.Administrator;
  }

  public Handling<?> of(Kind kind) {
    return switch (kind) {
      case CREDENTIAL -> new CredentialHandling(service);
      case TARGET -> new TargetHandling(service);
      case CONTENT -> new ContentHandling(service, reach);
      case POLICY -> new PolicyHandling(service);
      case SCHEDULE -> new ScheduleHandling(service, clock);
      case JOB -> new JobHandling(service);
      case TRIGGER -> new TriggerHandling(service);
      case NOTICE -> new NoticeHandling(service);
      case USER -> new UserHandling(service);
      case TOKEN -> new TokenHandling(service, clock);
    };
  }
}
