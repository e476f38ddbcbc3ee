package dev.edj.content;

/// What a content is.
public enum ContentKind {
  Script,
  Dacpac
}
