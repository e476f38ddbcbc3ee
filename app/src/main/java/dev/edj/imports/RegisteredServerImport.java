package dev.edj.imports;

import dev.edj.files.declaration.Kind;
import dev.edj.files.source.WholeFile;
import dev.edj.problem.EdjException;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Registered servers as SQL Server Management Studio exports them: each is a target that lists its
/// databases, and each group a collection, with its groups in it. Passwords are encrypted for a
/// person and a machine, and stay there.
public final class RegisteredServerImport {

  private static final String NAMESPACE =
      "http://schemas.microsoft.com/sqlserver/RegisteredServers/2007/08";
  private static final String GROUP = "ServerGroup";
  private static final String STORE = "/RegisteredServersStore/";

  private final Imported imported;
  private final String collection;

  private RegisteredServerImport(Imported imported, String collection) {
    this.imported = imported;
    this.collection = collection;
  }

  /// What is in the file.
  ///
  /// @param collection of all; null names it as the file
  public static Imported of(Path file, @Nullable String collection) {
    Imported imported = new Imported(file);
    RegisteredServerImport read =
        new RegisteredServerImport(
            imported, collection == null ? Imported.baseName(file) : collection);
    NodeList servers = parse(file).getElementsByTagNameNS(NAMESPACE, "RegisteredServer");
    for (int i = 0; i < servers.getLength(); i++) {
      Element server = (Element) servers.item(i);
      if (!text(server, "ServerName").isEmpty()) {
        read.add(server);
      }
    }
    return imported.checked();
  }

  /// With no document type, and so with no entities and nothing from elsewhere.
  private static Document parse(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setNamespaceAware(true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(WholeFile.bytes(file, "FILE")));
    } catch (SAXException | IOException e) {
      // Of what is in memory, only bytes that are no text in their encoding cannot be read.
      throw EdjException.invalid("FILE", "%s is no XML: %s".formatted(file, e.getMessage()));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Element server) {
    String name = text(server, "ServerName");
    String type = text(server, "ServerType");
    if (!type.isEmpty() && !type.equals("DatabaseEngine")) {
      imported.warn("'%s' is left out: it is a server of %s".formatted(name, type));
      return;
    }
    String credential = credential(server, name);
    String target =
        imported.target(
            1, new NewTarget(TargetKind.Server, null, name, null, credential, null, null));
    if (target != null) {
      imported.child(group(server), target);
    }
  }

  /// The login of the registration, allowed to be sent to the servers that are registered with it.
  private @Nullable String credential(Element server, String name) {
    String user = "";
    for (String part : text(server, "ConnectionStringWithEncryptedPassword").split(";", -1)) {
      String[] pair = part.split("=", 2);
      String key = pair[0].strip().toLowerCase(Locale.ROOT);
      if (pair.length == 2 && (key.equals("uid") || key.equals("user id"))) {
        user = pair[1].strip();
      }
    }
    if (user.isEmpty()) {
      imported.warn(
          "'%s' is signed in to with Windows or Entra; the target has no credential of its own"
              .formatted(name));
      return null;
    }
    if (imported.declarations().has(Kind.CREDENTIAL, user)) {
      imported.warn(
          "'%s' is signed in to as '%s', as others are: they share one credential, and so one password"
              .formatted(name, user));
    }
    imported.credential(user, user, List.of(name));
    return user;
  }

  /// The collection of the innermost group; those around it are made with it.
  private String group(Element server) {
    String within = collection;
    for (String group : groups(text(server, "Uri"))) {
      String name = within + "/" + group;
      imported.child(within, name);
      imported.children(name);
      within = name;
    }
    return within;
  }

  /// `/RegisteredServersStore/ServerGroup/DatabaseEngineServerGroup/ServerGroup/Prod` → `Prod`: the
  /// outermost is what kind of servers there are.
  private static List<String> groups(String uri) {
    List<String> groups = new ArrayList<>();
    if (uri.startsWith(STORE)) {
      String[] parts = uri.substring(STORE.length()).split("/", -1);
      for (int i = 2; i + 1 < parts.length; i += 2) {
        if (parts[i].equals(GROUP)) {
          groups.add(decoded(parts[i + 1]));
        }
      }
    }
    return groups;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  /// Of the first element of that name, in whatever namespace.
  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagNameNS("*", name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
