/// Who may look at the portal: tickets and the token's form, the sessions that they begin, and what
/// every request is checked for.
///
/// A browser sends its cookie by itself, so every request that changes something carries a token
/// that only a page of ours knows, and no page of another origin may frame, script or read ours.
/// Sessions are rows of the control database, so that any node answers; of a session nothing is
/// kept but who it is and since when.
@NullMarked
package dev.edj.portal.session;

import org.jspecify.annotations.NullMarked;
