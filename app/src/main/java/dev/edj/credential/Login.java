package dev.edj.credential;

import dev.edj.engine.DialRule;
import dev.edj.engine.Password;

/// What a worker logs in with, and where it may.
public record Login(String userName, Password password, DialRule rule) {}
