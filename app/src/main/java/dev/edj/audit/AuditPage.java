package dev.edj.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of the audit log, the newest event first.
///
/// @param next what to pass as `after` for the next page; null on the last one
public record AuditPage(List<AuditEvent> items, @Nullable String next) {}
