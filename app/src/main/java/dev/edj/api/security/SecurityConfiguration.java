package dev.edj.api.security;

import dev.edj.access.Callers;
import dev.edj.access.Permission;
import dev.edj.access.Role;
import dev.edj.api.http.BodyLimitFilter;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.web.ApiPaths;
import dev.edj.web.KnownHostFilter;
import dev.edj.web.OriginFilter;
import dev.edj.web.Problem;
import dev.edj.web.ProblemWriter;
import dev.edj.web.SignedInCaller;
import dev.edj.web.oidc.ProviderTokens;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;

/// Every path of the API needs a token but two that say nothing worth hiding, and the one where a
/// password is exchanged for one. What each route needs beyond that, it says itself. The portal has
/// rules of its own.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {

  private static final String SIGN_IN = "/api/v1/sign-in";
  private static final String[] OPEN_PATHS = {"/actuator/health", "/openapi.json"};

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http,
      LocalToken token,
      ObjectProvider<Callers> callers,
      ObjectProvider<ProviderTokens> provider,
      ServiceSettings settings,
      ProblemWriter problems) {
    return http.securityMatcher(ApiPaths::include)
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers -> {
          headers.addObjectPostProcessor(new HeadersFirst());
          headers
              .contentSecurityPolicy(
                  policy -> policy.policyDirectives(ProblemWriter.CONTENT_POLICY))
              .referrerPolicy(referrer ->
                  referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER));
        })
        .addFilterAfter(new KnownHostFilter(settings.host(), problems), HeaderWriterFilter.class)
        .addFilterBefore(
            new TokenFilter(token, callers::getObject, provider.getIfAvailable(), problems),
            AnonymousAuthenticationFilter.class)
        .addFilterAfter(new BodyLimitFilter(problems), AuthorizationFilter.class)
        .addFilterAfter(new OriginFilter(), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers(HttpMethod.GET, OPEN_PATHS)
                .permitAll()
                .requestMatchers(HttpMethod.POST, SIGN_IN)
                .permitAll()
                .requestMatchers(HttpMethod.GET, SIGN_IN + "/provider")
                .permitAll()
                .requestMatchers("/actuator/**")
                .access((_, _) -> new AuthorizationDecision(mayRead()))
                .anyRequest()
                .authenticated())
        .exceptionHandling(refusals ->
            refusals
                .authenticationEntryPoint((request, response, e) -> {
                  response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"edj\"");
                  problems.write(response, Problem.of(refusal(request)));
                })
                .accessDeniedHandler(
                    (request, response, e) -> problems.write(response, Problem.of(noReader()))))
        .build();
  }

  /// Names in paths may hold any character but a control character, as long as it is encoded.
  /// Routes are found in the path as it was sent, and decoded segment by segment.
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new NamesInPaths();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowSemicolon(true);
    firewall.setAllowUrlEncodedLineSeparator(true);
    firewall.setAllowUrlEncodedParagraphSeparator(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler refusedByTheFirewall(ProblemWriter problems) {
    return (request, response, e) ->
        problems.write(
            response,
            Problem.of(
                EdjException.invalid(
                    "path",
                    "is not a plain path: no empty, '.' or '..' segments, no ';', no control"
                        + " characters")));
  }

  private static boolean mayRead() {
    return SignedInCaller.find().filter(caller -> caller.may(Permission.READ)).isPresent();
  }

  private static EdjException noReader() {
    return new EdjException(ErrorCode.FORBIDDEN, null, "this needs the role " + Role.Reader);
  }

  private static EdjException refusal(HttpServletRequest request) {
    return request.getAttribute(TokenFilter.REFUSAL) instanceof EdjException why
        ? why
        : unauthorized();
  }

  private static EdjException unauthorized() {
    return new EdjException(
        ErrorCode.UNAUTHORIZED,
        null,
        "send the header 'Authorization: Bearer <token>' with a token that is good: one that 'edj"
            + " token create' made, or on the service's machine the one in the file 'token' of its"
            + " data directory");
  }

  /// An answer without a body is on its way before the filter that sets them would see it.
  private static final class HeadersFirst implements ObjectPostProcessor<HeaderWriterFilter> {

    @Override
    public <F extends HeaderWriterFilter> F postProcess(F filter) {
      filter.setShouldWriteHeadersEagerly(true);
      return filter;
    }
  }
}
