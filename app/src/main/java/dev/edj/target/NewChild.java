package dev.edj.target;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A member to be added to a collection, or changed there.
///
/// @param target name or id
/// @param membership null means `Include`
/// @param parameters values of script variables that all databases below it carry there; null,
///   together with `secrets`, leaves those that it has
/// @param secrets the same for values that nobody but workers may read
public record NewChild(
    String target,
    @Nullable Membership membership,
    @Nullable Map<String, @Nullable String> parameters,
    @Sensitive @Nullable Map<String, @Nullable String> secrets) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
