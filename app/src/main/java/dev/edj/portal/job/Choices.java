package dev.edj.portal.job;

import java.util.List;

/// What there is to choose from in the form of a job: names.
record Choices(
    List<String> contents,
    List<String> credentials,
    List<String> targets,
    List<String> policies,
    List<String> schedules) {}
