/// Where somebody may do what their role lets them: everywhere, or in some collections only.
///
/// The doors bind the [dev.edj.scope.Scope] of whoever asks to the request. Whatever starts, stops
/// or writes something asks [dev.edj.scope.Bounds], in its own transaction, whether all that it is
/// about lies within:
///
///     Bounds.of(handle, Right.RUN).requireJob(jobId, version);
///
/// A target lies within a collection when it is that collection, or is included in it, directly or
/// by way of other collections, none of which excludes anything. What the collection holds at the
/// time of a run is the decision of those who may change it, who are administrators. What cannot be
/// told from the members as they are written is refused.
@NullMarked
package dev.edj.scope;

import org.jspecify.annotations.NullMarked;
