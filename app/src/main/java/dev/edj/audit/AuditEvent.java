package dev.edj.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that was done.
///
/// @param time by the control database's clock: when the change's transaction began
/// @param address where the request came from; null for what the service did by itself
/// @param action `credential.update`: the object's kind, and what was done to it
/// @param scripts SHA-256 of the scripts and packages, in the order of the steps
/// @param before the object as it was; null when it was not, or nothing is known to be worth
///   telling
/// @param number in the chain, from 1; null until it is linked, which takes about a second
public record AuditEvent(
    long id,
    Instant time,
    Actor actor,
    @Nullable String address,
    String action,
    AuditedObject object,
    List<String> scripts,
    @Nullable UUID execution,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    @Nullable Long number) {}
