/// The pages of jobs: their list, a job, its versions, its start, and the form by which it is made
/// and changed.
///
/// The form is one page for what are several operations: a credential, contents, the job, a
/// schedule and a trigger. [JobForm] is what stands in it, all of it text as it was typed;
/// [JobSaving] turns it into the operations, in an order in which a refusal leaves as little behind
/// as possible, and what was made is chosen in the form that comes back. Each of its buttons sends
/// the whole form, so that it works without scripts; with them, only the part that changes is
/// exchanged.
@NullMarked
package dev.edj.portal.job;

import org.jspecify.annotations.NullMarked;
