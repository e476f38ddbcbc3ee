package dev.edj.schedule;

import org.jspecify.annotations.Nullable;

/// Which triggers to list, in the order of their jobs' names.
///
/// @param scheduled whether those of schedules, or those that follow another job
/// @param text a part of the job's name, in whatever case; null for all
/// @param afterJob the job of the last one of the page before; null for the first page
/// @param afterId that trigger's id
/// @param limit how many at most
public record TriggerSearch(
    boolean scheduled, @Nullable String text, @Nullable String afterJob, long afterId, int limit) {}
