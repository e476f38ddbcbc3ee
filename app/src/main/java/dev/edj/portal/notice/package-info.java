/// The pages of notices; of what is secret in one, only a signing key is shown, when it was made.
@NullMarked
package dev.edj.portal.notice;

import org.jspecify.annotations.NullMarked;
