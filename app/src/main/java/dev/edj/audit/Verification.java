package dev.edj.audit;

import java.util.List;

/// What became of the audit log.
///
/// @param intact whether no event was changed, removed or moved since it was linked
/// @param events how many were checked
/// @param head how far the chain has come; to be kept elsewhere, and expected the next time
/// @param unlinked how many events have no link yet, and are not protected by the chain
/// @param problems what does not fit, the first 20
public record Verification(
    boolean intact, long events, ChainHead head, long unlinked, List<String> problems) {}
