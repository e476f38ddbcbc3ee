package dev.edj.api;

import dev.edj.target.Membership;
import org.jspecify.annotations.Nullable;

/// A member to be added to a collection.
///
/// @param target name or id
/// @param membership null means `Include`
record NewChild(String target, @Nullable Membership membership) {}
