/// Pages of credentials and encryption keys; a password is on none of them.
@NullMarked
package dev.edj.portal.credential;

import org.jspecify.annotations.NullMarked;
