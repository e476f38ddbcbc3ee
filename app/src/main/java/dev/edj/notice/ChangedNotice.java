package dev.edj.notice;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A notice in the audit log, which knows of its whole address only whether it was set.
record ChangedNotice(@JsonUnwrapped Notice notice, boolean webhookSet) {}
