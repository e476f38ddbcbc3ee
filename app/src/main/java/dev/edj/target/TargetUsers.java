package dev.edj.target;

import java.util.List;

/// Who uses a target, by their names.
public record TargetUsers(List<String> jobs, List<String> collections) {}
