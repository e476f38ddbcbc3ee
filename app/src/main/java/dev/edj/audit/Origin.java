package dev.edj.audit;

import org.jspecify.annotations.Nullable;

/// Who had this thread do what it does, and from where. What is started from it on another thread
/// is the service's doing, unless that is told again.
///
/// @param address where the request came from; null for none
public record Origin(Actor actor, @Nullable String address) {

  private static final Origin SERVICE = new Origin(Actor.SERVICE, null);
  private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

  /// That of the request which is being served, else the service itself.
  public static Origin current() {
    return CURRENT.orElse(SERVICE);
  }

  /// The same request once it is known who sent it.
  public Origin as(Actor known) {
    return new Origin(known, address);
  }

  /// Does something for whoever this is.
  public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
