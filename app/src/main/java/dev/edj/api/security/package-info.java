/// Who may come in: the token's bearer, under a host name that is this machine's.
///
/// The API has no session and no cookie: a browser sends nothing by itself that would let a foreign
/// page act for its user, so CSRF tokens would protect nothing.
@NullMarked
package dev.edj.api.security;

import org.jspecify.annotations.NullMarked;
