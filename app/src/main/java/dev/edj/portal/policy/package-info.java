/// The pages of execution policies.
@NullMarked
package dev.edj.portal.policy;

import org.jspecify.annotations.NullMarked;
