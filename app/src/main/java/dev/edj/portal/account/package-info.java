/// One's own account: who one is, the password, and tokens for programs; and for administrators
/// those of all users.
@NullMarked
package dev.edj.portal.account;

import org.jspecify.annotations.NullMarked;
