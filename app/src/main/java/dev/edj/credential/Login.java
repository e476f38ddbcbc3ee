package dev.edj.credential;

import dev.edj.engine.Password;

/// What a worker logs in with.
public record Login(String userName, Password password) {}
