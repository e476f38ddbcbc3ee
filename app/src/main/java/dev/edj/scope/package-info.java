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
///
/// Where no request is served, everything is allowed: schedules, launches and workers act for
/// whoever bound the trigger or started the run, who was asked then. To bind the service's own scope
/// in each of their threads instead, and to refuse where none is bound, was left: a scope is not
/// inherited by threads, and a forgotten one would end what runs at night. What it would catch, a
/// door that does not bind, is caught by the walk over all routes as somebody whose role is narrowed.
@NullMarked
package dev.edj.scope;

import org.jspecify.annotations.NullMarked;
