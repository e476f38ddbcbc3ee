package dev.edj.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the service is to be run.
///
/// @param data where the keys, the token and the embedded control database are
/// @param port 0 means any free one
/// @param controlDatabase URL of a shared PostgreSQL; null means an embedded one in `data`
record ServeOptions(Path data, String host, int port, @Nullable String controlDatabase) {}
