/// An OpenID provider's word: what it publishes of itself, and who comes with a token of it.
///
/// Nothing is asked of the provider before somebody comes with a token that names it, so that the
/// service starts without it, and goes on for everybody else while it is away.
@NullMarked
package dev.edj.web.oidc;

import org.jspecify.annotations.NullMarked;
