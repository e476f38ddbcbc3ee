/// Who may do what: users, their roles, and the tokens that programs show.
///
/// Whoever asks for something is a [Caller]. What a route needs is its [Permission], declared on
/// each handler method by [Allowed]; each permission belongs to the [Role] that has it first, and a
/// role has all that the roles before it have.
///
/// Four things make a caller: the local token, which is whoever may read the service's data
/// directory; a user who signed in with a password; an API token, which may never do more than its
/// owner; and the word of an OpenID provider, which says what somebody is there, for the
/// [RoleMapping] to say what they are here.
@NullMarked
package dev.edj.access;

import org.jspecify.annotations.NullMarked;
