/// One's own account: who one is, the password, and tokens for programs.
@NullMarked
package dev.edj.portal.account;

import org.jspecify.annotations.NullMarked;
