package dev.edj.content;

import static java.util.Objects.requireNonNull;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.dacpac.PackageSummary;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, versions, lists and deletes contents.
public final class Contents {

  private static final String NOUN = "content";
  private static final int LONGEST_COMMENT = 1000;

  private final Jdbi jdbi;
  private final ContentStore store;
  private final Packages packages;
  private final PackageFetch fetch;
  private final PackageInspection inspection;

  /// @param fetch says which packages may be fetched
  public Contents(Jdbi jdbi, Packages packages, PackageFetch fetch) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(ContentStore.class);
    this.packages = packages;
    this.fetch = fetch;
    this.inspection = packages.inspection();
  }

  public Content create(NewContent content) {
    String name = Names.checked("name", content.name());
    String comment = checkedComment(content.comment());
    String uri = checkedUri(content.text(), content.dacpacUri());
    String text = uri == null ? ScriptText.checked(requireNonNull(content.text())) : null;
    return created(
        name,
        handle -> {
          ContentStore store = handle.attach(ContentStore.class);
          if (text == null) {
            store.insertDacpac(name, null, uri, comment);
          } else {
            store.insert(name, text, ScriptText.sha256(text), comment);
          }
        });
  }

  /// Makes a content of a package's file, which is opened first.
  public Content createDacpac(String name, InputStream file, @Nullable String comment)
      throws IOException {
    String checkedName = Names.checked("name", name);
    String checkedComment = checkedComment(comment);
    try (ReceivedPackage received = packages.receive(Packages.FIELD, file)) {
      return created(
          checkedName,
          handle -> {
            packages.keep(handle, received);
            handle
                .attach(ContentStore.class)
                .insertDacpac(checkedName, received.sha256(), null, checkedComment);
          });
    }
  }

  private Content created(String name, Consumer<Handle> insertion) {
    try {
      jdbi.useTransaction(handle -> {
        insertion.accept(handle);
        recordVersion(handle, "content.create", name, 1);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).equals("content_name_key")) {
        throw EdjException.alreadyExists(NOUN, name);
      }
      throw e;
    }
    return named(name);
  }

  /// Where a package may be fetched; null when there is a script instead.
  private @Nullable String checkedUri(@Nullable String text, @Nullable String dacpacUri) {
    if (dacpacUri == null) {
      if (text == null) {
        throw EdjException.invalid("text", "must be given, or dacpacUri");
      }
      return null;
    }
    if (text != null) {
      throw EdjException.invalid(
          PackageUri.FIELD, "does not go with a script; give one of the two");
    }
    return fetch.required(dacpacUri);
  }

  /// Makes a content for one query, which nobody finds, in the handle's transaction; returns its
  /// id.
  public static long createAdHoc(Handle handle, String name, String script) {
    String text = ScriptText.checked("script", script);
    return handle.attach(ContentStore.class).insertAdHoc(name, text, ScriptText.sha256(text));
  }

  /// The same text again is a new version too: somebody meant something by it.
  public ContentVersion addVersion(String name, NewContentVersion version) {
    String comment = checkedComment(version.comment());
    String uri = checkedUri(version.text(), version.dacpacUri());
    String text = uri == null ? ScriptText.checked(requireNonNull(version.text())) : null;
    ContentKind kind = text == null ? ContentKind.Dacpac : ContentKind.Script;
    return added(
        name,
        kind,
        version.expectedVersion(),
        handle -> {
          ContentStore store = handle.attach(ContentStore.class);
          return text == null
              ? store.insertDacpacVersion(name, null, uri, comment, version.expectedVersion())
              : store.insertVersion(
                  name, text, ScriptText.sha256(text), comment, version.expectedVersion());
        });
  }

  /// The same of a package's file, which is opened first.
  ///
  /// @param expected as of [NewContentVersion]
  public ContentVersion addDacpacVersion(
      String name, InputStream file, @Nullable String comment, @Nullable Integer expected)
      throws IOException {
    String checkedComment = checkedComment(comment);
    if (named(name).kind() != ContentKind.Dacpac) {
      throw ofOtherKind(name, ContentKind.Dacpac);
    }
    try (ReceivedPackage received = packages.receive(Packages.FIELD, file)) {
      return added(
          name,
          ContentKind.Dacpac,
          expected,
          handle -> {
            packages.keep(handle, received);
            return handle
                .attach(ContentStore.class)
                .insertDacpacVersion(name, received.sha256(), null, checkedComment, expected);
          });
    }
  }

  private ContentVersion added(
      String name,
      ContentKind kind,
      @Nullable Integer expected,
      Function<Handle, Optional<Integer>> insertion) {
    int number =
        jdbi.inTransaction(handle -> {
          lock(handle, name);
          Bounds.of(handle, Right.WRITE).requireContent(name);
          int added = insertion.apply(handle).orElseThrow(() -> notAdded(name, kind, expected));
          recordVersion(handle, "content.add-version", name, added);
          return added;
        });
    return version(name, number);
  }

  /// Before it is asked whose jobs use it: until the transaction ends, no other begins to.
  private static void lock(Handle handle, String name) {
    Long _ = handle.attach(ContentStore.class).lock(name).orElseThrow(() -> notFound(name));
  }

  /// The log names the text by its digest; the text itself is in the version for good.
  private static void recordVersion(Handle handle, String action, String name, int number) {
    ContentVersion version =
        handle
            .attach(ContentStore.class)
            .findSummary(name, number)
            .orElseThrow(() -> notFound(name))
            .shown();
    NewAuditEvent.of(action)
        .named(name)
        .version(number)
        .scripts(version.sha256() == null ? List.of() : List.of(version.sha256()))
        .after(version)
        .record(handle);
  }

  /// Why there is no such content of that kind.
  private EdjException ofOtherKind(String name, ContentKind wanted) {
    ContentKind kind = named(name).kind();
    if (kind == wanted) {
      return notFound(name);
    }
    return switch (kind) {
      case Script ->
          EdjException.invalid(
              Packages.FIELD, "content '%s' is a script; its versions are scripts".formatted(name));
      case Dacpac ->
          EdjException.invalid(
              "text",
              "content '%s' is a data-tier package; its versions are packages".formatted(name));
    };
  }

  /// The file of a version that is a package.
  ///
  /// @param number null means the newest
  public byte[] dacpacFile(String name, @Nullable Integer number) {
    ContentVersion version = version(name, number);
    if (version.kind() != ContentKind.Dacpac) {
      throw EdjException.notFound("data-tier package", name);
    }
    if (version.sha256() == null) {
      throw EdjException.notFound(
          "file of version %d, which is fetched at each run, of content"
              .formatted(version.version()),
          name);
    }
    return packages.file(version.sha256());
  }

  /// What is in a package; nothing where there is none, or where it is fetched at each run.
  public Optional<PackageSummary> packageSummary(ContentVersion version) {
    return keptPackage(version).map(inspection::summary);
  }

  /// What would be done to a database of one package to make it one of another; nothing unless both
  /// are kept.
  public Optional<PlannedDeployment> packageDifference(ContentVersion from, ContentVersion to) {
    return keptPackage(from)
        .flatMap(older -> keptPackage(to).map(newer -> inspection.plan(newer, older)));
  }

  private static Optional<String> keptPackage(ContentVersion version) {
    return version.kind() == ContentKind.Dacpac
        ? Optional.ofNullable(version.sha256())
        : Optional.empty();
  }

  /// The script as it would be kept; an [EdjException] when it could not be.
  ///
  /// @param field that it is in
  public static String previewScript(String field, String text) {
    return ScriptText.checked(field, text);
  }

  public Content named(String name) {
    return store.find(name).orElseThrow(() -> notFound(name));
  }

  public List<Content> list() {
    return store.list();
  }

  public List<Content> list(NameSearch search) {
    return store.search(search);
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
    try {
      jdbi.useTransaction(handle -> {
        ContentStore store = handle.attach(ContentStore.class);
        lock(handle, name);
        Content before = store.find(name).orElseThrow(() -> notFound(name));
        Bounds.of(handle, Right.WRITE).requireContent(name);
        if (store.delete(name) == 0) {
          throw notFound(name);
        }
        NewAuditEvent.of("content.delete").named(name).before(before).record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(NOUN, name, Users.none().and("job", store.jobs(name)).text());
    }
  }

  /// All versions without their texts, oldest first.
  public List<ContentVersion> versions(String name) {
    List<ContentVersion> versions = store.versions(name);
    if (versions.isEmpty()) {
      throw notFound(name);
    }
    return versions.stream().map(ContentVersion::shown).toList();
  }

  /// One version with its text.
  ///
  /// @param number null means the newest
  public ContentVersion version(String name, @Nullable Integer number) {
    return store
        .findVersion(name, number)
        .map(ContentVersion::shown)
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

  private EdjException notAdded(String name, ContentKind kind, @Nullable Integer expected) {
    Content found = named(name);
    if (found.kind() != kind || expected == null) {
      return ofOtherKind(name, kind);
    }
    int newest = found.latestVersion();
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
