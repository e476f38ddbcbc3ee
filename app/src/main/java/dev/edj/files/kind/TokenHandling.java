package dev.edj.files.kind;

import dev.edj.access.Account;
import dev.edj.access.AccountKind;
import dev.edj.access.MadeToken;
import dev.edj.access.Role;
import dev.edj.access.Token;
import dev.edj.access.TokenKind;
import dev.edj.access.Tokens;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.TokenDeclaration;
import dev.edj.files.source.Declared;
import dev.edj.problem.Names;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tokens for programs. One stays what it is until it expires: the service changes none. One that
/// has expired is not there, so that applying the files makes another.
///
/// The token that the files are applied with stays.
final class TokenHandling implements Handling<TokenDeclaration> {

  private static final String USER = "user";
  private static final String ROLE = "role";
  private static final String COLLECTIONS = "collections";
  private static final String LIFETIME = "lifetime";
  private static final String ID = "id";

  /// Marks the token that the files are applied with.
  private static final String APPLIES = "applies";

  private final Service service;
  private final InstantSource clock;

  TokenHandling(Service service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  @Override
  public Kind kind() {
    return Kind.TOKEN;
  }

  @Override
  public String key(TokenDeclaration declared) {
    Names.checked(Nodes.NAME, declared.name());
    Tokens.requireNarrowable(declared.role(), collections(declared));
    return key(declared.name(), declared.user());
  }

  @Override
  public String key(ObjectNode present) {
    return key(Nodes.name(present), present.get(USER).asString());
  }

  private static String key(String name, String user) {
    return name + "' of '" + user;
  }

  private static List<String> collections(TokenDeclaration declared) {
    return Objects.requireNonNullElse(declared.collections(), List.of());
  }

  @Override
  public List<Mention> mentions(TokenDeclaration declared) {
    List<Mention> mentions = new ArrayList<>();
    mentions.add(new Mention(USER, Kind.USER, declared.user()));
    List<String> collections = collections(declared);
    for (int i = 0; i < collections.size(); i++) {
      mentions.add(
          new Mention("%s[%d]".formatted(COLLECTIONS, i), Kind.TARGET, collections.get(i)));
    }
    return mentions;
  }

  @Override
  public List<ObjectNode> present(Predicate<String> closely) {
    Account account = service.read(Account.class, "account");
    return ofPrograms()
        .filter(token -> !hasExpired(token))
        .map(token -> present(token, account))
        .toList();
  }

  private Stream<Token> ofPrograms() {
    return service.list(Token.class, Kind.TOKEN.plural()).stream()
        .filter(token -> token.kind() == TokenKind.Api);
  }

  private boolean hasExpired(Token token) {
    return token.isExpired(clock.instant());
  }

  private static ObjectNode present(Token token, Account account) {
    ObjectNode node =
        node(
                token.name(),
                token.user(),
                token.role(),
                token.collections(),
                Duration.between(token.createdAt(), token.expiresAt()))
            .put(ID, token.id());
    return account.kind() == AccountKind.Token
            && account.isOf(token.user())
            && token.name().equals(account.token())
        ? node.put(APPLIES, true)
        : node;
  }

  @Override
  public ObjectNode wanted(Declared<TokenDeclaration> declared, @Nullable ObjectNode present) {
    TokenDeclaration token = declared.value();
    ObjectNode node =
        node(
            token.name(),
            token.user(),
            token.role(),
            collections(token),
            Tokens.checkedLifetime(token.lifetime()));
    if (present != null) {
      Stream.of(ID, APPLIES)
          .filter(present::has)
          .forEach(field -> node.set(field, present.get(field)));
    }
    return node;
  }

  private static ObjectNode node(
      String name, String user, @Nullable Role role, List<String> collections, Duration lifetime) {
    ObjectNode node = Nodes.empty().put(Nodes.NAME, name).put(USER, user);
    if (role != null) {
      node.put(ROLE, role.name());
    }
    if (!collections.isEmpty()) {
      node.set(COLLECTIONS, Nodes.tree(collections.stream().distinct().sorted().toList()));
    }
    return node.put(LIFETIME, Duration.ofSeconds(lifetime.toSeconds()).toString());
  }

  @Override
  public Optional<SecretDestination> saved(TokenDeclaration declared) {
    return Optional.ofNullable(declared.save());
  }

  @Override
  public Set<String> fixed() {
    return Set.of(ROLE, COLLECTIONS, LIFETIME);
  }

  @Override
  public Optional<String> obstacle(Declared<TokenDeclaration> declared, List<ObjectNode> all) {
    return declared.value().save() == null
        ? Optional.of(
            "does not exist yet, or has expired; say where it goes: save: {file: PATH} or {command: [PROGRAM]}")
        : Optional.empty();
  }

  @Override
  public boolean isKept(ObjectNode present) {
    return present.has(APPLIES);
  }

  @Override
  public ObjectNode exported(ObjectNode present) {
    ObjectNode node = Nodes.without(present, ID, APPLIES);
    Nodes.removeDefaults(node, Nodes.empty().put(LIFETIME, Tokens.USUAL_LIFETIME.toString()));
    return node;
  }

  @Override
  public void create(Order<TokenDeclaration> order, Secrets secrets) {
    SecretDestination save = Objects.requireNonNull(order.declared().value().save());
    removeExpired(key(order.declared().value()));
    order.reserve(save, secrets);
    MadeToken made =
        service.make(
            MadeToken.class, Nodes.without(order.wanted(), ID, APPLIES), Kind.TOKEN.plural());
    order.save(made.secret(), save, secrets, () -> delete(made.token().id()));
  }

  /// The service shows it for a while, and makes no other of its name until then.
  private void removeExpired(String key) {
    ofPrograms()
        .filter(this::hasExpired)
        .filter(token -> key(token.name(), token.user()).equals(key))
        .forEach(token -> delete(token.id()));
  }

  /// All fields are fixed: there is another one only when nobody has the secret of this.
  @Override
  public void update(Order<TokenDeclaration> order, ObjectNode present, Secrets secrets) {
    delete(present);
    create(order, secrets);
  }

  @Override
  public void delete(ObjectNode present) {
    delete(present.get(ID).asLong());
  }

  private void delete(long id) {
    service.delete(Kind.TOKEN.plural(), String.valueOf(id));
  }
}
