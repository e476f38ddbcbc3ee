package dev.edj.testing;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.StandardServletEnvironment;

/// A real OpenID provider on this machine: Spring Authorization Server. It also signs whatever a
/// test wants to have signed.
public final class TestProvider implements AutoCloseable {

  public static final String CLIENT_ID = "edj";
  public static final String PERSON = "alice";
  public static final String OTHER_PERSON = "bob";
  public static final String PASSWORD = "a password of elsewhere";
  public static final String PROGRAM = "nightly";
  public static final String PROGRAM_SECRET = "the secret of a program";

  private static final Pattern HIDDEN = Pattern.compile("<input([^>]*type=\"hidden\"[^>]*)>");

  private final int port;
  private volatile RSAKey key = newKey();
  private final List<String> roles = new CopyOnWriteArrayList<>(List.of("dba"));
  private final AtomicReference<@Nullable String> nonce = new AtomicReference<>();
  private ConfigurableApplicationContext context;

  private TestProvider(int port) {
    this.port = port;
    this.context = run();
  }

  public static TestProvider start() {
    return startAt(freePort());
  }

  public static TestProvider startAt(int port) {
    return new TestProvider(port);
  }

  public URI issuer() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// A port that nobody listens on.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Where people may be sent back to; nowhere else.
  public void register(URI back) {
    context
        .getBean(InMemoryRegisteredClientRepository.class)
        .save(
            RegisteredClient.withId(CLIENT_ID)
                .clientId(CLIENT_ID)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(back.toString())
                .postLogoutRedirectUri(back.resolve("/sign-in").toString())
                .scope("openid")
                .scope("profile")
                .scope("email")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build());
  }

  /// A command line may have people sign in with a code.
  ///
  /// @param token how long an access token is good
  /// @param code how long there is to enter the code
  public void registerCommandLine(Duration token, Duration code) {
    context
        .getBean(InMemoryRegisteredClientRepository.class)
        .save(
            RegisteredClient.withId(CLIENT_ID)
                .clientId(CLIENT_ID)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .scope("profile")
                .tokenSettings(
                    TokenSettings.builder()
                        .accessTokenTimeToLive(token)
                        .deviceCodeTimeToLive(code)
                        .reuseRefreshTokens(false)
                        .build())
                .build());
  }

  /// Goes where a command line said, and says yes or no. Whoever has said yes once is not asked
  /// again.
  public void answerCode(URI page, String person, boolean yes)
      throws IOException, InterruptedException {
    try (HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      String signIn = browser.send(asBrowser(page).build(), ofString()).body();
      Map<String, String> form = new HashMap<>(hiddenFields(signIn));
      form.put("username", person);
      form.put("password", PASSWORD);
      String question = post(browser, page.resolve("/login"), form);
      Map<String, String> answer = new HashMap<>(hiddenFields(question));
      if (yes) {
        answer.put("scope", "profile");
      }
      post(browser, page.resolve("/oauth2/device_verification"), answer);
    }
  }

  private static Map<String, String> hiddenFields(String page) {
    Map<String, String> fields = new HashMap<>();
    HIDDEN
        .matcher(page)
        .results()
        .map(input -> input.group(1))
        .forEach(input -> fields.put(attribute(input, "name"), attribute(input, "value")));
    return fields;
  }

  private static String attribute(String input, String name) {
    Matcher value = Pattern.compile(name + "=\"([^\"]*)\"").matcher(input);
    return value.find() ? value.group(1) : "";
  }

  private static HttpRequest.Builder asBrowser(URI page) {
    return HttpRequest.newBuilder(page).header("Accept", "text/html");
  }

  private static String post(HttpClient browser, URI page, Map<String, String> form)
      throws IOException, InterruptedException {
    String encoded =
        form.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return browser
        .send(
            asBrowser(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded))
                .build(),
            ofString())
        .body();
  }

  /// What its tokens say from now on that people are.
  public void give(String... others) {
    roles.clear();
    roles.addAll(List.of(others));
  }

  /// From now on its tokens are of another sign-in; null for that of whoever asks.
  public void answerFor(@Nullable String otherNonce) {
    nonce.set(otherNonce);
  }

  /// From now on another key signs, and only that one is published.
  public void changeKey() {
    key = newKey();
  }

  public RSAKey key() {
    return key;
  }

  /// A token for the service, of alice, who is in the group `dba`; but for what `change` says.
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(header(), claims(change), key);
  }

  public JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("4711")
                .audience(CLIENT_ID)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("preferred_username", "alice")
                .claim("roles", List.of("dba")))
        .build();
  }

  public JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
  }

  public static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
    try {
      return signed(header, claims, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private ConfigurableApplicationContext run() {
    SpringApplication application = new SpringApplication(Server.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    StandardEnvironment environment = new StandardServletEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "provider",
                Map.of(
                    "server.address",
                    "127.0.0.1",
                    "server.port",
                    port,
                    "spring.config.location",
                    "optional:classpath:/no-configuration/")));
    application.setEnvironment(environment);
    JWKSource<SecurityContext> keys = (selector, _) -> selector.select(new JWKSet(key));
    application.addInitializers(given -> {
      GenericApplicationContext beans = (GenericApplicationContext) given;
      beans.registerBean(JWKSource.class, () -> keys);
      beans.registerBean(Words.class, () -> this::say);
    });
    return application.run();
  }

  /// Its tokens are for the service, and say what their bearers are.
  private void say(JwtEncodingContext token) {
    Authentication principal = token.getPrincipal();
    token
        .getClaims()
        .audience(List.of(CLIENT_ID))
        .claim("roles", List.copyOf(roles))
        .claim("preferred_username", principal == null ? "" : principal.getName());
    String other = nonce.get();
    if (other != null) {
      token.getClaims().claim("nonce", other);
    }
  }

  /// What it puts into a token.
  interface Words {

    void say(JwtEncodingContext token);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
  })
  static class Server {

    @Bean
    SecurityFilterChain endpoints(
        HttpSecurity http, InMemoryRegisteredClientRepository registered) {
      return http.oauth2AuthorizationServer(server ->
              server
                  .oidc(_ -> {})
                  .deviceAuthorizationEndpoint(_ -> {})
                  .deviceVerificationEndpoint(_ -> {})
                  .clientAuthentication(clients ->
                      clients
                          .authenticationConverter(Server::commandLine)
                          .authenticationProvider(new CommandLines(registered))))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(_ -> {})
          .build();
    }

    /// A command line has no secret. Of public clients the server itself knows only those with a
    /// code in a redirect.
    private static @Nullable Authentication commandLine(HttpServletRequest request) {
      String client = request.getParameter("client_id");
      String grant = String.valueOf(request.getParameter("grant_type"));
      boolean code =
          request.getRequestURI().equals("/oauth2/device_authorization")
              || grant.equals(AuthorizationGrantType.DEVICE_CODE.getValue())
              || grant.equals(AuthorizationGrantType.REFRESH_TOKEN.getValue());
      return client == null || !code
          ? null
          : new OAuth2ClientAuthenticationToken(
              client, ClientAuthenticationMethod.NONE, null, Map.of(COMMAND_LINE, true));
    }

    private static final String COMMAND_LINE = "command_line";

    /// Knows those that have just said that they are one.
    private record CommandLines(InMemoryRegisteredClientRepository registered)
        implements AuthenticationProvider {

      @Override
      public @Nullable Authentication authenticate(Authentication asked) {
        OAuth2ClientAuthenticationToken token = (OAuth2ClientAuthenticationToken) asked;
        if (!token.getAdditionalParameters().containsKey(COMMAND_LINE)) {
          return null;
        }
        RegisteredClient client = registered.findByClientId(token.getName());
        if (client == null) {
          throw new OAuth2AuthenticationException("invalid_client");
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
      }

      @Override
      public boolean supports(Class<?> kind) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(kind);
      }
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    InMemoryRegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId(PROGRAM)
              .clientId(PROGRAM)
              .clientSecret("{noop}" + PROGRAM_SECRET)
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
              .build());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(Words words) {
      return words::say;
    }

    @Bean
    UserDetailsService people() {
      return new InMemoryUserDetailsManager(
          User.withUsername(PERSON).password("{noop}" + PASSWORD).build(),
          User.withUsername(OTHER_PERSON).password("{noop}" + PASSWORD).build());
    }
  }
}
