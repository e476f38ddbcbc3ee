/// The pages of notices.
@NullMarked
package dev.edj.portal.notice;

import org.jspecify.annotations.NullMarked;
