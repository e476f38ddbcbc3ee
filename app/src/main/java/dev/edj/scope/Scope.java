package dev.edj.scope;

import org.jspecify.annotations.Nullable;

/// Where whoever asks may do what. It is bound to the request by the doors, as its origin is; what
/// nobody asked for is the service's own doing, which nothing narrows. What is started on another
/// thread is that, too: nothing that changes anything may be.
///
/// @param holder who they are, in words
public record Scope(String holder, Area run, Area write) {

  public static final Scope NOBODY = new Scope("nobody", Area.NOWHERE, Area.NOWHERE);

  private static final Scope SERVICE = new Scope("the service", Area.EVERYWHERE, Area.EVERYWHERE);
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  /// That of the request which is being served, else the service's.
  public static Scope current() {
    return CURRENT.orElse(SERVICE);
  }

  /// Does something within it.
  public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /// The same for whoever may do the same.
  public Scope ofNobodyInParticular() {
    return new Scope(NOBODY.holder, run, write);
  }

  Area area(Right right) {
    return switch (right) {
      case RUN -> run;
      case WRITE -> write;
    };
  }
}
