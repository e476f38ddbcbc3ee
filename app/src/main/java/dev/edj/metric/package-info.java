/// What the service counts and measures of itself. What only a node knows is summed up there
/// ([Tally]) and added to the control database ([AddTotals]); what the control database holds
/// anyway is read from it ([Gauges]). So any node answers for the whole service, and it does not
/// matter which one is asked. The statements here read the tables of many nouns and change none of
/// them.
@NullMarked
package dev.edj.metric;

import org.jspecify.annotations.NullMarked;
