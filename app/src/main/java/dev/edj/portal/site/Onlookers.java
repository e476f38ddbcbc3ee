package dev.edj.portal.site;

import java.util.UUID;

/// Those who look at an execution and may do the same with it: they are shown the same.
public record Onlookers(UUID execution, Allowance may) {}
