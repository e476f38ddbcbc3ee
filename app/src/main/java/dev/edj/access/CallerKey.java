package dev.edj.access;

import org.jspecify.annotations.Nullable;

/// By what a caller is known again in a later request; what they may do is found anew each time.
///
/// @param userId null for the local token's bearer, and for whom a provider vouches
/// @param epoch of the user, when they showed who they are: after a change of their password, their
///   roles or their being enabled it is another
/// @param tokenId of the token that was shown; null for none
/// @param voucherId of what a provider said of them; null for users
public record CallerKey(
    @Nullable Long userId, int epoch, @Nullable Long tokenId, @Nullable Long voucherId) {

  static final CallerKey LOCAL = new CallerKey(null, 0, null, null);
}
