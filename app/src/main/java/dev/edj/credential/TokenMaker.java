package dev.edj.credential;

import dev.edj.engine.ServerName;

/// What makes tokens for this node.
sealed interface TokenMaker permits TokenProgram, ManagedIdentity {

  /// Throws an [dev.edj.problem.EdjException] that says why there is none.
  String ask(ServerName server, String userName);
}
