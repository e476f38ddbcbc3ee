package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.security.ClientCertificates;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PublicKey;
import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Everything that can be done with a secret, in success and failure, each time with another one.
final class SecretUses {

  static final String HIDDEN = "the password that a client encrypted";
  static final String HIDDEN_KEY = "the private key that a client encrypted";

  private static final int TOO_LARGE = 25 * 1024 * 1024;

  private final Secrets secrets;
  private final Asker asker;
  private final String token;
  private final TestAuthority authority = TestAuthority.create("authority of clients");

  SecretUses(Secrets secrets, Asker asker, String token) {
    this.secrets = secrets;
    this.asker = asker;
    this.token = token;
  }

  // --- Credentials

  void credentials() {
    taken("POST", "/credentials", credential("c", mark("of a new credential"), "db.example.com"));
    refused("POST", "/credentials", credential("d", mark("of a refused one"), "no host name!"));
    String encrypted = encrypted("e", mark(HIDDEN));
    taken("POST", "/credentials", encrypted);
    refused("POST", "/credentials", encrypted);

    refused("PATCH", "/credentials/c", "{\"servers\":[\"*.example.com\"]}");
    taken(
        "PATCH",
        "/credentials/c",
        "{\"servers\":[\"*.example.com\"],\"password\":\"%s\"}"
            .formatted(mark("that widens a credential")));
    refused(
        "PATCH",
        "/credentials/nobody",
        "{\"password\":\"%s\"}".formatted(mark("for a credential that is not there")));
    String change = "{\"encryptedPassword\":%s}";
    taken(
        "PATCH",
        "/credentials/e",
        change.formatted(encryptedPassword("e", mark(HIDDEN + ", changed"))));
    refused(
        "PATCH",
        "/credentials/nobody",
        change.formatted(encryptedPassword("nobody", mark(HIDDEN + ", in vain"))));
    taken("DELETE", "/credentials/e", "");
  }

  private static String credential(String name, String password, String server) {
    return "{\"name\":\"%s\",\"userName\":\"u\",\"password\":\"%s\",\"servers\":[\"%s\"]}"
        .formatted(name, password, server);
  }

  private String encrypted(String name, String password) {
    return "{\"name\":\"%s\",\"userName\":\"u\",\"encryptedPassword\":%s,\"servers\":[]}"
        .formatted(name, encryptedPassword(name, password));
  }

  private String encryptedPassword(String name, String password) {
    return json(PasswordCipher.encrypt(publicKey(), name, password));
  }

  private PublicKey publicKey() {
    JsonNode key = asker.api(token, "GET", "/encryption-key", "").json();
    return new PublicKey(key.path("keyId").asString(), key.path("publicKeyset").asString());
  }

  private static String json(EncryptedPassword encrypted) {
    return "{\"keyId\":\"%s\",\"ciphertext\":\"%s\"}"
        .formatted(encrypted.keyId(), Base64.getEncoder().encodeToString(encrypted.ciphertext()));
  }

  // --- Client certificates

  void clientCertificates() {
    taken("POST", "/credentials", certified("certified", withKey("of a new credential")));
    refused("POST", "/credentials", certified("certified", withKey("of one that is there")));
    taken("PATCH", "/credentials/certified", changed(withKey("of a changed credential")));
    refused("PATCH", "/credentials/nobody", changed(withKey("of nobody's credential")));
    String sealed = withSealedKey("sealed", "a new one");
    taken("POST", "/credentials", certified("sealed", sealed));
    refused("POST", "/credentials", certified("sealed", sealed));
    taken("PATCH", "/credentials/sealed", changed(withSealedKey("sealed", "another one")));
    refused("PATCH", "/credentials/nobody", changed(sealed));
  }

  private static String certified(String name, String certificate) {
    return "{\"name\":\"%s\",\"userName\":\"u\",\"clientCertificate\":%s,\"servers\":[]}"
        .formatted(name, certificate);
  }

  private static String changed(String certificate) {
    return "{\"clientCertificate\":%s}".formatted(certificate);
  }

  /// With a private key that is encrypted with a password.
  private String withKey(String name) {
    Issued issued = issued("a private key " + name);
    String password = mark("the password of a private key " + name);
    return "{\"certificates\":%s,\"privateKey\":%s,\"privateKeyPassword\":\"%s\"}"
        .formatted(json(issued.pem()), json(EncryptedPem.of(issued.keyPem(), password)), password);
  }

  /// With one that the client encrypted with the service's public key.
  private String withSealedKey(String credential, String name) {
    Issued issued = issued(HIDDEN_KEY + ", " + name);
    EncryptedPassword sealed =
        ClientCertificates.encryptKey(
            publicKey(), credential, List.of(issued.certificate()), issued.keyPem(), null);
    return "{\"certificates\":%s,\"encryptedPrivateKey\":%s}"
        .formatted(json(issued.pem()), json(sealed));
  }

  /// Its key is known by two pieces, of which a line of PEM breaks at most one.
  private Issued issued(String name) {
    Issued issued = authority.forClient("u");
    byte[] number = secretNumber(issued.key()).toByteArray();
    int length = 12;
    secrets.known(name, Arrays.copyOfRange(number, 4, 4 + length));
    secrets.known(name + ", further on", Arrays.copyOfRange(number, 4 + length, 4 + 2 * length));
    return issued;
  }

  private static BigInteger secretNumber(PrivateKey key) {
    return switch (key) {
      case ECPrivateKey onCurve -> onCurve.getS();
      case RSAPrivateKey modular -> modular.getPrivateExponent();
      default -> throw new AssertionError("a key of another kind: " + key.getAlgorithm());
    };
  }

  // --- Users, tokens and sessions

  void users() {
    String first = mark("of a new user");
    taken("POST", "/users", user("alice", first));
    refused("POST", "/users", user("", mark("of a user without a name")));
    taken("PUT", "/users/alice/grants/Administrator", "");
    String second = mark("given to a user");
    taken("PUT", "/users/alice/password", "{\"password\":\"%s\"}".formatted(second));
    refused(
        "PUT",
        "/users/nobody/password",
        "{\"password\":\"%s\"}".formatted(mark("given to nobody")));

    refused("POST", "/sign-in", signIn("alice", mark("of a wrong sign-in")));
    refused("POST", "/sign-in", signIn(mark("typed as the name"), mark("of a stranger")));
    String session = signedIn("alice", second);
    String wrong = mark("of a wrong change");
    answered(
        false,
        asker.api(session, "PUT", "/account/password", change(wrong, mark("after a wrong one"))));
    String third = mark("of one's own choice");
    answered(true, asker.api(session, "PUT", "/account/password", change(second, third)));

    String made =
        made("a program's token", "POST", "/tokens", "{\"name\":\"t\",\"user\":\"alice\"}");
    answered(true, asker.api(made, "GET", "/account", ""));
    answered(false, asker.api(mark("shown as a token"), "GET", "/account", ""));
    answered(true, asker.api(signedIn("alice", third), "POST", "/sign-out", ""));
    String list =
        asker.api(token, "GET", "/tokens?user=alice", "").json().path(0).path("id").asString();
    taken("DELETE", "/tokens/" + list, "");
    asker.api(made, "GET", "/account", "");

    portal(third);
  }

  private void portal(String password) {
    answered(
        false,
        asker.form("/sign-in", "", Map.of("user", "alice", "password", mark("of a wrong form"))));
    answered(false, asker.form("/sign-in", "", Map.of("token", mark("a wrong token in a form"))));
    answered(true, asker.form("/sign-in", "", Map.of("token", token)));
    Asker.Answer in =
        asker.form("/sign-in", "", Map.of("user", "alice", "password", password), "a session");
    answered(true, in);
    String cookie = Asker.cookies(in);
    secrets.known("a session", cookie.replaceFirst("^[^=]*=([^;]*).*", "$1"));

    String path =
        asker
            .api(token, "POST", "/portal/tickets", "", "a sign-in link")
            .json()
            .path("path")
            .asString();
    secrets.known("a sign-in link", path.substring(path.indexOf('=') + 1));
    answered(true, asker.get(path, Map.of()));
    answered(false, asker.get(path, Map.of()));

    Map<String, String> form =
        Map.of(
            "name",
            "f",
            "userName",
            "u",
            "servers",
            "no host name!",
            "password",
            mark("in a refused form"));
    answered(false, asker.form("/new/credential", cookie, form));
    answered(
        true,
        asker.form(
            "/new/credential",
            cookie,
            Map.of("name", "f", "userName", "u", "servers", "", "password", mark("in a form"))));
    answered(
        true,
        asker.form(
            "/credentials/f/edit",
            cookie,
            Map.of("userName", "u", "servers", "", "password", mark("in a form that changes"))));
    answered(
        false,
        asker.form(
            "/account/password",
            cookie,
            Map.of(
                "current", mark("of a wrong form of change"),
                "password", mark("chosen in vain"),
                "repeated", mark("repeated in vain"))));
    String next = mark("chosen in a form");
    answered(
        true,
        asker.form(
            "/account/password",
            cookie,
            Map.of("current", password, "password", next, "repeated", next)));
  }

  private String signedIn(String user, String password) {
    return made(
        "a token of " + user + " " + password.hashCode(),
        "POST",
        "/sign-in",
        signIn(user, password));
  }

  private String made(String name, String method, String path, String body) {
    Asker.Answer answer = asker.api(token, method, path, body, name);
    answered(true, answer);
    return secrets.known(name, answer.json().path("secret").asString());
  }

  private static String user(String name, String password) {
    return "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
  }

  private static String signIn(String user, String password) {
    return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
  }

  private static String change(String current, String password) {
    return "{\"current\":\"%s\",\"password\":\"%s\"}".formatted(current, password);
  }

  // --- Notices

  /// Of all that is to come, and of the failures of jobs among it.
  void notices(String receiver) {
    made("a signing key", "POST", "/notices", notice("n", receiver, mark("in an address")));
    refused("POST", "/notices", notice("n", receiver, mark("in the address of one that is there")));
    refused(
        "POST",
        "/notices",
        notice("m", "https://elsewhere.example.com", mark("in an address that is not allowed")));
    String change = "{\"webhook\":\"%s/%s\"}";
    taken("PATCH", "/notices/n", change.formatted(receiver, mark("in a changed address")));
    refused("PATCH", "/notices/nobody", change.formatted(receiver, mark("in nobody's address")));
    made("a signing key, rotated", "POST", "/notices/n/rotate-key", "");
    taken("POST", "/notices/n/test", "");
    taken(
        "POST",
        "/notices",
        "{\"name\":\"mail\",\"on\":[\"Failed\"],\"emails\":[\"dba@example.com\"]}");
    noticeForms(receiver);
  }

  /// The same by the portal's forms.
  private void noticeForms(String receiver) {
    Asker.Answer in =
        asker.form("/sign-in", "", Map.of("token", token), "a session of the local token");
    String cookie = Asker.cookies(in);
    secrets.known("a session of the local token", cookie.replaceFirst("^[^=]*=([^;]*).*", "$1"));
    Map<String, String> form = Map.of("name", "p", "on", "Failed", "by", "webhook");
    String elsewhere = "https://elsewhere.example.com/" + mark("in an address in a refused form");
    answered(false, asker.form("/new/notice", cookie, with(form, "webhook", elsewhere)));
    shownKey(
        "a signing key on a page",
        cookie,
        "/new/notice",
        with(form, "webhook", receiver + "/" + mark("in an address in a form")));
    String changed = receiver + "/" + mark("in an address in a form that changes");
    answered(
        true, asker.form("/notices/p/edit", cookie, Map.of("on", "Failed", "webhook", changed)));
    answered(false, asker.form("/notices/p/edit", cookie, Map.of("webhook", changed)));
    shownKey(
        "another signing key on a page", cookie, "/notices/p/rotate-key", Map.of("overlap", "1d"));
    answered(true, asker.get("/notices/p", Map.of("Cookie", cookie)));
  }

  private void shownKey(String name, String cookie, String page, Map<String, String> form) {
    Asker.Answer answer = asker.form(page, cookie, form, name);
    answered(true, answer);
    Matcher key = Pattern.compile("whsec_[A-Za-z0-9+/=]+").matcher(answer.text());
    assertThat(key.find()).as(answer.text()).isTrue();
    secrets.known(name, key.group());
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> more = new HashMap<>(form);
    more.put(name, value);
    return more;
  }

  private static String notice(String name, String receiver, String path) {
    return "{\"name\":\"%s\",\"on\":[\"Failed\"],\"webhook\":\"%s/%s\"}"
        .formatted(name, receiver, path);
  }

  // --- Secret values

  /// Before a job runs that uses them.
  void values() {
    taken("POST", "/targets", "{\"kind\":\"CustomCollection\",\"name\":\"g\"}");
    String child = "{\"target\":\"%s\",\"secrets\":{\"key\":\"%s\"}}";
    taken("POST", "/targets/g/children", child.formatted("fleet", mark("of a member")));
    refused("POST", "/targets/g/children", child.formatted("nobody", mark("of no member")));
    String server = Asker.encoded(Targets.server() + "/*");
    String values = "{\"server\":\"%s\",\"database\":\"%s\",\"secrets\":{\"key\":\"%s\"}}";
    taken(
        "PUT",
        "/targets/" + server + "/values",
        values.formatted(Targets.server(), "postgres", mark("of a database")));
    refused(
        "PUT",
        "/targets/nobody/values",
        values.formatted(Targets.server(), "postgres", mark("of no database")));

    taken("POST", "/policies", "{\"name\":\"once\",\"maximumAttempts\":1}");
    String script =
        "DO $do$ BEGIN RAISE NOTICE 'said %', '$(key)'; END $do$; SELECT 1 AS $(key) FROM nothing_like_it";
    taken("POST", "/contents", "{\"name\":\"s\",\"text\":\"%s\"}".formatted(script));
    String job =
        "{\"name\":\"%s\",\"steps\":[{\"content\":\"s\",\"credential\":\"fleet\",\"target\":\"fleet\",\"policy\":\"once\"}],\"secrets\":{\"key\":\"%s\"}}";
    taken("POST", "/jobs", job.formatted("j", mark("of a job")));
    refused("POST", "/jobs", job.formatted("", mark("of a job without a name")));
    String changed = "{\"secrets\":{\"key\":\"%s\"}}";
    taken("PATCH", "/jobs/j", changed.formatted(mark("of a job, changed")));
    refused("PATCH", "/jobs/nobody", changed.formatted(mark("of no job")));
    taken("POST", "/jobs/j/start", "");
    taken("POST", "/jobs/j/start", changed.formatted(mark("of a start")));
    refused("POST", "/jobs/nobody/start", changed.formatted(mark("of no start")));
    String query =
        "{\"script\":\"%s\",\"target\":\"%s\",\"credential\":\"fleet\",\"secrets\":{\"key\":\"%s\"}}";
    taken("POST", "/queries", query.formatted(script, "fleet", mark("of a query")));
    refused("POST", "/queries", query.formatted(script, "nobody", mark("of no query")));
  }

  // --- Logins that are refused

  /// Jobs that fail at the door of their servers.
  void refusedLogins() {
    login("wrong", PostgresServer.USER, mark("refused by PostgreSQL"), Targets.server());
    job("wrong", "fleet");
    String mariaDb = "mariadb://localhost:" + MariaDbServer.shared().port();
    login("wrong2", MariaDbServer.USER, mark("refused by MariaDB"), mariaDb);
    server(mariaDb, "\"trustedCertificate\":" + json(MariaDbServer.shared().certificatePem()));
    collection("maria", mariaDb);
    job("wrong2", "maria");
    String untrusted = "postgresql://127.0.0.1:" + PostgresServer.shared().port();
    login("untold", PostgresServer.USER, mark("kept from an untrusted server"), untrusted);
    server(untrusted, "");
    collection("untrusted", untrusted);
    job("untold", "untrusted");
  }

  private void login(String name, String user, String password, String server) {
    taken(
        "POST",
        "/credentials",
        "{\"name\":\"%s\",\"userName\":\"%s\",\"password\":\"%s\",\"servers\":[\"%s\"]}"
            .formatted(name, user, password, server));
  }

  private void server(String server, String settings) {
    taken(
        "POST",
        "/targets",
        "{\"kind\":\"Server\",\"server\":\"%s\",\"settings\":{%s}}".formatted(server, settings));
  }

  private void collection(String name, String server) {
    taken(
        "POST",
        "/targets",
        "{\"kind\":\"Database\",\"name\":\"%s\",\"server\":\"%s\",\"database\":\"anything\"}"
            .formatted(name, server));
  }

  private void job(String credential, String target) {
    taken(
        "POST",
        "/jobs",
        "{\"name\":\"%1$s\",\"steps\":[{\"content\":\"s\",\"credential\":\"%1$s\",\"target\":\"%2$s\",\"policy\":\"once\"}],\"parameters\":{\"key\":\"x\"}}"
            .formatted(credential, target));
    taken("POST", "/jobs/" + credential + "/start", "");
  }

  // --- What is not understood

  /// Bodies, forms and requests that are wrong, and have a secret in them.
  void wrongRequests() throws IOException {
    for (String path : List.of("/credentials", "/users", "/sign-in", "/jobs", "/queries")) {
      for (String body :
          List.of(
              "{\"password\":\"%s\"",
              "{\"password\":[\"%s\"]}",
              "{\"password\":\"%s\",\"password\":\"x\"}",
              "{\"passwort\":\"%s\"}",
              "{\"name\":\"n\",\"secrets\":\"%s\"}",
              "{\"name\":\"n\",\"servers\":\"%s\",\"steps\":\"%1$s\",\"grants\":\"%1$s\"}",
              "{\"name\":\"n\",\"enabled\":\"%s\",\"readOnly\":\"%1$s\",\"maxRows\":\"%1$s\"}",
              "{\"timeout\":\"%s\",\"encryptedPassword\":{\"keyId\":1,\"ciphertext\":\"%1$s\"}}",
              "\"%s\"",
              "%s",
              "{\"password\":\"\\u00zz%s\"}")) {
        refused("POST", path, body.formatted(mark("in a body that is wrong: " + path + body)));
      }
      refused("POST", path + "?password=" + mark("in a query, for " + path), "{}");
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense")) {
        String body = "{\"password\":\"%s\"}".formatted(mark("sent as " + type + " to " + path));
        answered(false, asker.send("POST", "/api/v1" + path, body, bearer(type)));
      }
    }
    refused(
        "POST",
        "/credentials",
        "{\"password\":\"" + mark("in a body that is too large").repeat(TOO_LARGE / 25) + "\"}");
    asker.get("/api/v1/nowhere/" + mark("in a path"), bearer("application/json"));
    asker.get("/" + mark("in the path of a page"), Map.of());
    asker.get("/sign-in?ticket=" + mark("as a ticket"), Map.of());
    asker.get("/sign-in?next=/" + mark("in the page to go to"), Map.of());
    String basic = "admin:" + mark("given as Basic");
    asker.get(
        "/api/v1/account",
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))));
    asker.get("/", Map.of("Cookie", "edj-session=" + mark("in a cookie")));
    asker.send(
        "POST",
        "/sign-in",
        "_csrf=x&user=alice&password=" + mark("in a form that is wrong") + "%ZZ",
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
    asker.send(
        "POST",
        "/sign-in",
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n"
            + mark("in a form with files"),
        Map.of("Content-Type", "multipart/form-data; boundary=b"));
    asker.raw("GET /" + mark("in a request line") + "<> HTTP/1.1\r\nHost: a\r\n\r\n");
    asker.raw(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization : Bearer "
            + mark("in a header that is wrong")
            + "\r\n\r\n");
    asker.raw(
        "POST /api/v1/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n{\"password\":\""
            + mark("in a chunk that is wrong")
            + "\"}\r\n");
  }

  // --- A provider

  /// The provider is asked with the client's secret, and knows nothing of the code.
  void provider(URI issuer) {
    Asker.Answer go = asker.get("/sign-in/provider", Map.of(), "where the sign-in began");
    assertThat(go.text()).contains(issuer.toString());
    String state = go.text().replaceAll("(?s).*[?&]state=([^&\\s]+).*", "$1");
    Asker.Answer back =
        asker.get(
            "/sign-in/provider/back?state=%s&code=%s".formatted(state, mark("as a code")),
            Map.of("Cookie", Asker.cookies(go)));
    assertThat(back.status()).isEqualTo(303);
  }

  private Map<String, String> bearer(String type) {
    return Map.of("Authorization", "Bearer " + token, "Content-Type", type);
  }

  private void taken(String method, String path, String body) {
    answered(true, asker.api(token, method, path, body));
  }

  private void refused(String method, String path, String body) {
    answered(false, asker.api(token, method, path, body));
  }

  private static void answered(boolean taken, Asker.Answer answer) {
    assertThat(answer.isTaken())
        .as(
            "%s %s %s: %s %s",
            answer.method(), answer.path(), answer.sent(), answer.status(), answer.text())
        .isEqualTo(taken);
    assertThat(answer.status()).isLessThan(500);
  }

  private String mark(String name) {
    return secrets.mark(name);
  }

  private static String json(String text) {
    return "\"" + text.replace("\n", "\\n").replace("\r", "") + "\"";
  }
}
