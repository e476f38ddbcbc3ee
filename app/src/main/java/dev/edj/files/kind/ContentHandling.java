package dev.edj.files.kind;

import dev.edj.content.Content;
import dev.edj.content.ContentKind;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.PackageUri;
import dev.edj.files.declaration.ContentDeclaration;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Reach;
import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import dev.edj.script.IncludedFiles;
import dev.edj.script.ScriptException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Contents: the newest version is compared, and what differs becomes the next one. A comment alone
/// makes none.
final class ContentHandling implements Handling<ContentDeclaration> {

  private static final String KIND = "kind";
  private static final String TEXT = "text";
  private static final String FILE = "file";
  private static final String DACPAC = "dacpac";
  private static final String DACPAC_URI = "dacpacUri";
  private static final String COMMENT = "comment";
  private static final String VERSION = "version";
  private static final String VERSIONS = "versions";
  private static final String LATEST = "latest";
  private static final String EXPECTED_VERSION = "expectedVersion";

  /// How the service shows that an address has a query, which may be secret.
  private static final String HIDDEN_QUERY = "?…";

  private final Service service;
  private final Reach reach;

  ContentHandling(Service service, Reach reach) {
    this.service = service;
    this.reach = reach;
  }

  @Override
  public Kind kind() {
    return Kind.CONTENT;
  }

  @Override
  public String key(ContentDeclaration declared) {
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(ContentDeclaration declared) {
    return List.of();
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Content.class, Kind.CONTENT.plural()).stream()
        .map(content ->
            closely.test(content.name())
                ? closely(content)
                : Nodes.empty().put(Nodes.NAME, content.name()))
        .toList();
  }

  private ObjectNode closely(Content content) {
    ContentVersion version =
        service.read(ContentVersion.class, Kind.CONTENT.plural(), content.name(), VERSIONS, LATEST);
    ObjectNode node =
        Nodes.empty()
            .put(Nodes.NAME, content.name())
            .put(KIND, content.kind().name())
            .put(VERSION, version.version())
            .put(COMMENT, version.comment());
    if (content.kind() == ContentKind.Script) {
      return node.put(TEXT, version.text());
    }
    return version.sha256() == null
        ? node.put(DACPAC_URI, Objects.requireNonNull(version.dacpac()).uri())
        : node.put(DACPAC, version.sha256());
  }

  @Override
  public ObjectNode wanted(Declared<ContentDeclaration> declared, @Nullable ObjectNode present) {
    ContentDeclaration content = declared.value();
    ObjectNode node = Nodes.empty().put(Nodes.NAME, content.name());
    if (content.dacpac() != null) {
      node.put(KIND, ContentKind.Dacpac.name())
          .put(DACPAC, WholeFile.sha256(dacpac(declared, content.dacpac())));
    } else if (content.dacpacUri() != null) {
      String shown = shown(content.dacpacUri());
      if (present == null || !shown.equals(present.path(DACPAC_URI).asString(""))) {
        requireWhole(content.dacpacUri());
      }
      node.put(KIND, ContentKind.Dacpac.name()).put(DACPAC_URI, shown);
    } else {
      node.put(KIND, ContentKind.Script.name()).put(TEXT, text(declared));
    }
    if (present != null) {
      node.set(VERSION, present.get(VERSION));
      node.set(COMMENT, present.get(COMMENT));
    }
    return node;
  }

  private String text(Declared<ContentDeclaration> declared) {
    ContentDeclaration content = declared.value();
    return content.file() == null
        ? Contents.previewScript(TEXT, Objects.requireNonNull(content.text()))
        : Contents.previewScript(FILE, text(path(declared, FILE, content.file())));
  }

  private String text(Path file) {
    try {
      return new IncludedFiles(this::included).within(WholeFile.text(file, FILE), file);
    } catch (ScriptException e) {
      throw EdjException.invalid(FILE, String.valueOf(e.getMessage()));
    }
  }

  private byte[] included(Path file) {
    reach.require(file, FILE);
    return WholeFile.bytes(file, FILE);
  }

  private static byte[] dacpac(Declared<ContentDeclaration> declared, String file) {
    return WholeFile.bytes(path(declared, DACPAC, file), DACPAC);
  }

  private static Path path(Declared<ContentDeclaration> declared, String field, String file) {
    return declared.place(field).relative(file);
  }

  private static String shown(String uri) {
    return uri.endsWith(HIDDEN_QUERY) ? uri : PackageUri.shown(PackageUri.checked(uri).toString());
  }

  /// Of what differs from the service's, all has to be there.
  private static void requireWhole(String uri) {
    if (uri.endsWith(HIDDEN_QUERY)) {
      throw EdjException.invalid(
          DACPAC_URI, "the service does not show the address's query; write it out");
    }
  }

  @Override
  public Map<String, String> files(ContentDeclaration declared) {
    Map<String, String> files = new HashMap<>();
    if (declared.file() != null) {
      files.put(FILE, declared.file());
    }
    if (declared.dacpac() != null) {
      files.put(DACPAC, declared.dacpac());
    }
    return files;
  }

  @Override
  public Set<String> fixed() {
    return Set.of(KIND);
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = Nodes.without(present, KIND, VERSION);
    Nodes.removeEmpty(node, COMMENT);
    return node;
  }

  @Override
  public void create(Order<ContentDeclaration> order, Secrets secrets) {
    ContentDeclaration content = order.declared().value();
    if (content.dacpac() == null) {
      ObjectNode body = body(order).put(Nodes.NAME, content.name());
      service.send("POST", body, Kind.CONTENT.plural());
    } else {
      service.sendFile(
          planned(order, content.dacpac()),
          comment(content),
          Kind.CONTENT.plural(),
          content.name(),
          DACPAC);
    }
  }

  /// Refused by the service when there is a newer version by then.
  @Override
  public void update(Order<ContentDeclaration> order, ObjectNode present, Secrets secrets) {
    ContentDeclaration content = order.declared().value();
    if (content.dacpac() == null) {
      ObjectNode body = body(order);
      body.set(EXPECTED_VERSION, present.get(VERSION));
      service.send("POST", body, Kind.CONTENT.plural(), content.name(), VERSIONS);
    } else {
      Map<String, String> query = new HashMap<>(comment(content));
      query.put(EXPECTED_VERSION, present.get(VERSION).asString());
      service.sendFile(
          planned(order, content.dacpac()),
          query,
          Kind.CONTENT.plural(),
          content.name(),
          VERSIONS,
          DACPAC);
    }
  }

  /// The package that the plan was about: a build may have put another one in its place since. A
  /// script is sent as it was planned.
  private static byte[] planned(Order<ContentDeclaration> order, String file) {
    byte[] bytes = dacpac(order.declared(), file);
    if (!WholeFile.sha256(bytes).equals(order.wanted().get(DACPAC).asString())) {
      throw new EdjException(
          ErrorCode.CHANGED_MEANWHILE,
          DACPAC,
          "%s was changed since the plan was made; it was not sent".formatted(file));
    }
    return bytes;
  }

  private static Map<String, String> comment(ContentDeclaration content) {
    return content.comment() == null ? Map.of() : Map.of(COMMENT, content.comment());
  }

  private static ObjectNode body(Order<ContentDeclaration> order) {
    ContentDeclaration content = order.declared().value();
    ObjectNode body = Nodes.of(comment(content));
    if (content.dacpacUri() == null) {
      body.set(TEXT, order.wanted().get(TEXT));
    } else {
      body.put(DACPAC_URI, content.dacpacUri());
    }
    return body;
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.CONTENT.plural(), Nodes.name(present));
  }
}
