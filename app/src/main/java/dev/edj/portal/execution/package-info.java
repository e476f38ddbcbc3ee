/// The pages of one execution: a run with its databases, what it returned, and one database with
/// its log.
///
/// A run's page holds three kinds of parts. What is known without looking at its databases moves by
/// itself ([dev.edj.portal.execution.RunPages]). The map of its databases is fetched once behind
/// the page, and then only its cells change: each second a text comes with one letter for each of
/// them ([dev.edj.portal.execution.FleetMap]). The table of databases and the errors are read when
/// somebody asks, or when the map says that what they show has changed.
@NullMarked
package dev.edj.portal.execution;

import org.jspecify.annotations.NullMarked;
