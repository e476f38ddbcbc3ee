package dev.edj.content;

import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, versions, lists and deletes contents.
public final class Contents {

  private static final String NOUN = "content";
  private static final int LONGEST_COMMENT = 1000;

  private final ContentStore store;

  public Contents(Jdbi jdbi) {
    this.store = jdbi.onDemand(ContentStore.class);
  }

  public Content create(NewContent content) {
    String name = Names.checked("name", content.name());
    String text = ScriptText.checked(content.text());
    String comment = checkedComment(content.comment());
    try {
      store.insert(name, text, ScriptText.sha256(text), comment);
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).equals("content_name_key")) {
        throw EdjException.alreadyExists(NOUN, name);
      }
      throw e;
    }
    return named(name);
  }

  /// Makes a content for one query, which nobody finds, in the handle's transaction; returns its
  /// id.
  public static long createAdHoc(Handle handle, String name, String script) {
    String text = ScriptText.checked("script", script);
    return handle.attach(ContentStore.class).insertAdHoc(name, text, ScriptText.sha256(text));
  }

  /// The same text again is a new version too: somebody meant something by it.
  public ContentVersion addVersion(String name, NewContentVersion version) {
    String text = ScriptText.checked(version.text());
    String comment = checkedComment(version.comment());
    int number =
        store
            .insertVersion(name, text, ScriptText.sha256(text), comment, version.expectedVersion())
            .orElseThrow(() -> notAdded(name, version.expectedVersion()));
    return version(name, number);
  }

  public Content named(String name) {
    return store.find(name).orElseThrow(() -> notFound(name));
  }

  public List<Content> list() {
    return store.list();
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return store.names(text, limit);
  }

  /// The jobs that use it, if only in an older version of theirs.
  public List<String> jobs(String name) {
    return store.jobs(name);
  }

  /// Deletes a content that no job uses and no execution has run.
  public void delete(String name) {
    int deleted;
    try {
      deleted = store.delete(name);
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(NOUN, name, Users.none().and("job", store.jobs(name)).text());
    }
    if (deleted == 0) {
      throw notFound(name);
    }
  }

  /// All versions without their texts, oldest first.
  public List<ContentVersion> versions(String name) {
    List<ContentVersion> versions = store.versions(name);
    if (versions.isEmpty()) {
      throw notFound(name);
    }
    return versions;
  }

  /// One version with its text.
  ///
  /// @param number null means the newest
  public ContentVersion version(String name, @Nullable Integer number) {
    return store
        .findVersion(name, number)
        .orElseThrow(() ->
            EdjException.notFound("version %s of content".formatted(number), named(name).name()));
  }

  private static String checkedComment(@Nullable String comment) {
    String text = Objects.requireNonNullElse(comment, "");
    if (text.length() > LONGEST_COMMENT) {
      throw EdjException.invalid(
          "comment",
          "has %,d characters; at most %,d are allowed".formatted(text.length(), LONGEST_COMMENT));
    }
    if (text.indexOf('\0') >= 0) {
      throw EdjException.invalid("comment", "must not hold NUL characters");
    }
    return text;
  }

  private EdjException notAdded(String name, @Nullable Integer expected) {
    int newest = named(name).latestVersion();
    return new EdjException(
        ErrorCode.CHANGED_MEANWHILE,
        "expectedVersion",
        "content '%s' has version %d by now, and this one was made of version %d; nothing was changed"
            .formatted(name, newest, expected));
  }

  private static EdjException notFound(String name) {
    return EdjException.notFound(NOUN, name);
  }
}
