/// Requests over HTTP to what is not ours: which hosts may be asked, and that no name leads where
/// only this machine gets.
///
/// Whoever rules over a name decides what address it means, and may decide otherwise a second
/// later. So the addresses are looked at before they are dialled; with TLS again when a connection
/// stands and nothing was said yet, and without it what was looked at is dialled. Proxies and
/// redirects would lead past both, so there are none.
@NullMarked
package dev.edj.outward;

import org.jspecify.annotations.NullMarked;
