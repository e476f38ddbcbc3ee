package dev.edj.dacpac;

import dev.edj.dacpac.plan.DeploymentPlan;

/// A plan with what people and tools read of it.
///
/// @param script the whole of it, as `sqlcmd` would run it
/// @param report in the form of DacFx's DeployReport, XML
public record PlannedDeployment(DeploymentPlan plan, String script, String report) {}
