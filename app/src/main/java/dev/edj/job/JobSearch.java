package dev.edj.job;

import org.jspecify.annotations.Nullable;

/// Which jobs to look through, in which order.
///
/// @param text a part of the name, in whatever case; null for all
public record JobSearch(@Nullable String text, Order order) {

  public enum Order {
    /// In whatever case.
    NAME,
    /// Whose newest run is newest; those without a run last.
    NEWEST_RUN,
    /// Whose next planned time comes first; those without one last.
    DUE_NEXT
  }
}
