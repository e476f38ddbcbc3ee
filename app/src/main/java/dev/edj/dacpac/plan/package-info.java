/// What has to be done to a database so that it becomes what a package describes: the comparison,
/// the steps in their order, and the guards.
///
/// Start reading at [dev.edj.dacpac.plan.Planner].
@NullMarked
package dev.edj.dacpac.plan;

import org.jspecify.annotations.NullMarked;
