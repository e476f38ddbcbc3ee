package dev.edj.files.kind;

import dev.edj.credential.Credential;
import dev.edj.credential.LoginProof;
import dev.edj.credential.NewClientCertificate;
import dev.edj.credential.ServerPatterns;
import dev.edj.engine.CertificatePin;
import dev.edj.files.declaration.CertificateDeclaration;
import dev.edj.files.declaration.CredentialDeclaration;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Place;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import dev.edj.security.ClientCertificates;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Credentials. Nobody can read a secret back, so that one which is there is taken for the right
/// one; it is set again when somebody asks for that, and when the servers change that it may be
/// sent to.
///
/// A declaration without any proof leaves the credential those that it has.
final class CredentialHandling implements Handling<CredentialDeclaration> {

  private static final String PASSWORD = "password";
  private static final String ENCRYPTED_PASSWORD = "encryptedPassword";
  private static final String TOKEN_COMMAND = "tokenCommand";
  private static final String CERTIFICATE = "clientCertificate";
  private static final String SERVERS = "servers";
  private static final String SHA256 = "sha256";
  private static final String USER_NAME = "userName";

  private final Service service;

  CredentialHandling(Service service) {
    this.service = service;
  }

  @Override
  public Kind kind() {
    return Kind.CREDENTIAL;
  }

  @Override
  public String key(CredentialDeclaration declared) {
    Names.checked(USER_NAME, declared.userName());
    return Names.checked(Nodes.NAME, declared.name());
  }

  @Override
  public String key(ObjectNode present) {
    return Nodes.name(present);
  }

  @Override
  public List<Mention> mentions(CredentialDeclaration declared) {
    return List.of();
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    return service.list(Credential.class, Kind.CREDENTIAL.plural()).stream()
        .map(CredentialHandling::present)
        .toList();
  }

  private static ObjectNode present(Credential credential) {
    ObjectNode node =
        Nodes.empty().put(Nodes.NAME, credential.name()).put(USER_NAME, credential.userName());
    if (credential.proofs().contains(LoginProof.PASSWORD)) {
      node.put(PASSWORD, Nodes.SECRET);
    }
    if (credential.tokenCommand() != null) {
      node.put(TOKEN_COMMAND, credential.tokenCommand());
    }
    if (credential.clientCertificate() != null) {
      node.putObject(CERTIFICATE).put(SHA256, credential.clientCertificate().sha256());
    }
    node.set(SERVERS, Nodes.tree(credential.servers()));
    return node;
  }

  @Override
  public ObjectNode wanted(Declared<CredentialDeclaration> declared, @Nullable ObjectNode present) {
    CredentialDeclaration credential = declared.value();
    if (credential.password() != null && credential.tokenCommand() != null) {
      throw EdjException.invalid(TOKEN_COMMAND, "takes the place of a password; give one of them");
    }
    ObjectNode node =
        Nodes.empty().put(Nodes.NAME, credential.name()).put(USER_NAME, credential.userName());
    if (provesNothing(credential) && present != null) {
      List.of(PASSWORD, TOKEN_COMMAND, CERTIFICATE).stream()
          .filter(present::has)
          .forEach(proof -> node.set(proof, present.get(proof)));
    }
    if (credential.password() != null) {
      node.put(PASSWORD, Nodes.SECRET);
    }
    if (credential.tokenCommand() != null) {
      node.put(TOKEN_COMMAND, credential.tokenCommand());
    }
    if (credential.clientCertificate() != null) {
      node.putObject(CERTIFICATE).put(SHA256, sha256(credential.clientCertificate()));
    }
    node.set(SERVERS, Nodes.tree(ServerPatterns.parse(servers(credential)).texts()));
    if (present != null) {
      requireSecrets(credential, present, node);
    }
    return node;
  }

  /// What the service would refuse, and what there would be nothing to send of.
  private void requireSecrets(
      CredentialDeclaration credential, ObjectNode present, ObjectNode wanted) {
    List<String> given = secrets(credential).stream().map(SecretUse::field).toList();
    if (wanted.has(CERTIFICATE)
        && !wanted.get(CERTIFICATE).equals(present.get(CERTIFICATE))
        && !given.contains(CERTIFICATE)) {
      throw EdjException.invalid(
          CERTIFICATE, "the service has not this one; give the certificates with their privateKey");
    }
    if (!patterns(present).covers(patterns(wanted))) {
      Stream.of(PASSWORD, CERTIFICATE)
          .filter(wanted::has)
          .filter(field -> !given.contains(field))
          .findFirst()
          .ifPresent(field -> {
            throw EdjException.invalid(
                SERVERS,
                "the credential would be sent to more servers than before; say where its %s is"
                    .formatted(field.equals(PASSWORD) ? "password" : "privateKey"));
          });
    }
  }

  private static ServerPatterns patterns(ObjectNode credential) {
    return ServerPatterns.parse(
        credential.get(SERVERS).valueStream().map(JsonNode::asString).toList());
  }

  private static List<String> servers(CredentialDeclaration credential) {
    return Objects.requireNonNullElse(credential.servers(), List.of());
  }

  private static boolean provesNothing(CredentialDeclaration credential) {
    return credential.password() == null
        && credential.tokenCommand() == null
        && credential.clientCertificate() == null;
  }

  private static String sha256(CertificateDeclaration certificate) {
    if (certificate.certificates() == null) {
      if (certificate.sha256() == null) {
        throw EdjException.invalid(
            CERTIFICATE, "give the certificates in PEM, or the sha256 of what the service has");
      }
      return certificate.sha256();
    }
    try {
      return CertificatePin.of(own(certificate.certificates())).sha256();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  private static X509Certificate own(String pem) {
    return ClientCertificates.chain(pem).getFirst();
  }

  @Override
  public List<SecretUse> secrets(CredentialDeclaration declared) {
    List<SecretUse> uses = new ArrayList<>();
    if (declared.password() != null) {
      uses.add(new SecretUse(PASSWORD, PASSWORD, declared.password()));
    }
    CertificateDeclaration certificate = certificateWithKey(declared);
    if (certificate != null) {
      Stream.of(certificate.privateKey(), certificate.privateKeyPassword())
          .filter(Objects::nonNull)
          .forEach(source -> uses.add(new SecretUse(CERTIFICATE, CERTIFICATE, source)));
    }
    return uses;
  }

  /// More servers need the secrets again; so that nothing depends on what is more, any change does.
  @Override
  public List<FieldChange> changes(
      CredentialDeclaration declared, ObjectNode present, ObjectNode wanted) {
    List<FieldChange> changes = new ArrayList<>(Handling.super.changes(declared, present, wanted));
    boolean servers = changes.stream().anyMatch(change -> change.top().equals(SERVERS));
    if (servers) {
      secrets(declared).stream()
          .filter(secret -> present.has(secret.field()))
          .filter(secret -> present.get(secret.field()).equals(wanted.get(secret.field())))
          .map(FieldChange::again)
          .distinct()
          .forEach(changes::add);
    }
    return changes;
  }

  @Override
  public Optional<String> obstacle(Declared<CredentialDeclaration> declared, List<ObjectNode> all) {
    CredentialDeclaration credential = declared.value();
    if (provesNothing(credential)) {
      return Optional.of(
          "does not exist yet, and needs a password, a tokenCommand or a clientCertificate");
    }
    return credential.clientCertificate() != null && certificateWithKey(credential) == null
        ? Optional.of("does not exist yet, and needs the certificates with their privateKey")
        : Optional.empty();
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = present.deepCopy();
    if (node.has(PASSWORD)) {
      node.set(PASSWORD, Nodes.variable(PASSWORD, Nodes.name(node)));
    }
    Nodes.removeEmpty(node, SERVERS);
    return node;
  }

  @Override
  public void create(Order<CredentialDeclaration> order, Secrets secrets) {
    ObjectNode body = Nodes.without(order.wanted(), PASSWORD, CERTIFICATE);
    putSecrets(body, order.declared(), secrets, true, true);
    service.send("POST", body, Kind.CREDENTIAL.plural());
  }

  @Override
  public void update(Order<CredentialDeclaration> order, ObjectNode present, Secrets secrets) {
    ObjectNode body = Nodes.empty();
    List.of(USER_NAME, TOKEN_COMMAND, SERVERS).stream()
        .filter(order::changes)
        .filter(order.wanted()::has)
        .forEach(field -> body.set(field, order.wanted().get(field)));
    List<LoginProof> removed = removed(present, order.wanted());
    if (!removed.isEmpty()) {
      body.set("remove", Nodes.tree(removed));
    }
    putSecrets(
        body, order.declared(), secrets, order.changes(PASSWORD), order.changes(CERTIFICATE));
    service.send("PATCH", body, Kind.CREDENTIAL.plural(), order.declared().value().name());
  }

  /// A password and a token command take each other's place.
  private static List<LoginProof> removed(ObjectNode present, ObjectNode wanted) {
    List<LoginProof> removed = new ArrayList<>();
    if (present.has(PASSWORD) && !wanted.has(PASSWORD) && !wanted.has(TOKEN_COMMAND)) {
      removed.add(LoginProof.PASSWORD);
    }
    if (present.has(TOKEN_COMMAND) && !wanted.has(TOKEN_COMMAND) && !wanted.has(PASSWORD)) {
      removed.add(LoginProof.TOKEN_COMMAND);
    }
    if (present.has(CERTIFICATE) && !wanted.has(CERTIFICATE)) {
      removed.add(LoginProof.CLIENT_CERTIFICATE);
    }
    return removed;
  }

  private void putSecrets(
      ObjectNode body,
      Declared<CredentialDeclaration> declared,
      Secrets secrets,
      boolean withPassword,
      boolean withCertificate) {
    CredentialDeclaration credential = declared.value();
    if (withPassword && credential.password() != null) {
      String password = secrets.read(credential.password(), declared.place(PASSWORD));
      body.set(
          ENCRYPTED_PASSWORD,
          Nodes.tree(PasswordCipher.encrypt(publicKey(), credential.name(), password)));
    }
    CertificateDeclaration certificate = certificateWithKey(credential);
    if (withCertificate && certificate != null) {
      body.set(
          CERTIFICATE,
          Nodes.tree(
              certificate(credential.name(), certificate, declared.place(CERTIFICATE), secrets)));
    }
  }

  private static @Nullable CertificateDeclaration certificateWithKey(
      CredentialDeclaration credential) {
    CertificateDeclaration certificate = credential.clientCertificate();
    return certificate == null
            || certificate.certificates() == null
            || certificate.privateKey() == null
        ? null
        : certificate;
  }

  private NewClientCertificate certificate(
      String name, CertificateDeclaration declared, Place place, Secrets secrets) {
    List<X509Certificate> chain =
        ClientCertificates.chain(Objects.requireNonNull(declared.certificates()));
    SecretSource keyPassword = declared.privateKeyPassword();
    return new NewClientCertificate(
        ClientCertificates.pem(chain),
        null,
        null,
        ClientCertificates.encryptKey(
            publicKey(),
            name,
            chain,
            secrets.read(Objects.requireNonNull(declared.privateKey()), place),
            keyPassword == null ? null : secrets.read(keyPassword, place)));
  }

  private PublicKey publicKey() {
    return service.read(PublicKey.class, "encryption-key");
  }

  @Override
  public void delete(ObjectNode present) {
    service.delete(Kind.CREDENTIAL.plural(), Nodes.name(present));
  }
}
