package dev.edj.content;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Creates, versions, lists and deletes contents.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Contents {

  private final Jdbi jdbi;

  public Contents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public Content create(NewContent content) {
    throw new UnsupportedOperationException("not yet " + jdbi + content);
  }

  public ContentVersion addVersion(String name, NewContentVersion version) {
    throw new UnsupportedOperationException("not yet " + name + version);
  }

  public Content named(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  public List<Content> list() {
    throw new UnsupportedOperationException("not yet");
  }

  public void delete(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  /// All versions without their texts, oldest first.
  public List<ContentVersion> versions(String name) {
    throw new UnsupportedOperationException("not yet " + name);
  }

  /// One version with its text.
  ///
  /// @param number null means the newest
  public ContentVersion version(String name, @Nullable Integer number) {
    throw new UnsupportedOperationException("not yet " + name + number);
  }
}
