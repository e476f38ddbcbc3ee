/// Credentials: a user name and an encrypted password, and the servers they may be sent to.
@NullMarked
package dev.edj.credential;

import org.jspecify.annotations.NullMarked;
