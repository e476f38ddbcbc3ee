/// Pages of schedules and triggers, and the calendar of what they plan.
@NullMarked
package dev.edj.portal.schedule;

import org.jspecify.annotations.NullMarked;
