package dev.edj.credential;

import dev.edj.engine.DialRule;
import dev.edj.engine.Identity;

/// What a worker logs in with, and where it may.
public record Login(Identity identity, DialRule rule) {}
