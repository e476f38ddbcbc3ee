package dev.edj.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/// Some days of a calendar.
///
/// @param days what is on them; a day without anything is missing
/// @param now to when it shows what has become of planned times
/// @param notes why something is not on them, for people
public record CalendarDays(
    SortedMap<LocalDate, List<CalendarEntry>> days, Instant now, List<String> notes) {}
