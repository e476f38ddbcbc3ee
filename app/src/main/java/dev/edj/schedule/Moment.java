package dev.edj.schedule;

import java.time.Instant;
import java.time.LocalDateTime;

/// A point of the search for planned times on both axes: real time, and the local time that the
/// calendar means. Around a daylight-saving change the two need not be one and the same moment.
record Moment(Instant at, LocalDateTime clock) {}
