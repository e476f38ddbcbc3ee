package dev.edj.portal.session;

import dev.edj.portal.site.Assets;
import dev.edj.portal.site.ErrorPages;
import dev.edj.portal.site.FailureFilter;
import dev.edj.portal.site.LocalPath;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.upload.FileForms;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.ServiceSettings;
import dev.edj.web.KnownHostFilter;
import dev.edj.web.OriginFilter;
import dev.edj.web.Problem;
import dev.edj.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// Every page needs a session but those that lead to one. It looks after all paths that are not the
/// API's.
@Configuration(proxyBeanMethods = false)
@Import({SignInPages.class, ProviderPages.class})
public class PortalSecurity {

  /// Nothing but our own files and addresses, no script or style inside a page, no frame around it.
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String[] OPEN_PATHS = {
    "/sign-in", ProviderPages.PATH + "/**", "/sign-out", "/theme", Assets.PATH + "**"
  };

  @Bean
  @Order(2)
  SecurityFilterChain portal(
      HttpSecurity http,
      ServiceSettings settings,
      ProblemWriter problems,
      ErrorPages errors,
      SignedIn signedIn) {
    FileForms files = new FileForms(errors, settings.dataDirectory().resolve("uploads"));
    return http.csrf(csrf -> csrf.csrfTokenRepository(new FormTokens()))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(
                    opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(
                    resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
        .addFilterAfter(new KnownHostFilter(settings.host(), problems), HeaderWriterFilter.class)
        .addFilterAfter(new FailureFilter(errors), HeaderWriterFilter.class)
        .addFilterBefore(signedIn.filter(), CsrfFilter.class)
        .addFilterAfter(new OriginFilter(), AuthorizationFilter.class)
        .addFilterBefore(new StrangersFormFilter(errors), CsrfFilter.class)
        .addFilterBefore(files.tokens(FormTokens.PARAMETER), CsrfFilter.class)
        .addFilterAfter(files.contents(), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests.requestMatchers(OPEN_PATHS).permitAll().anyRequest().authenticated())
        .exceptionHandling(refusals ->
            refusals
                .authenticationEntryPoint((request, response, _) -> askToSignIn(request, response))
                .accessDeniedHandler(
                    (request, response, _) -> errors.write(request, response, refused())))
        .build();
  }

  @Bean
  Entrance entrance(Sessions sessions) {
    return new Entrance(sessions);
  }

  @Bean
  SignedIn signedIn(ObjectProvider<Sessions> sessions) {
    return new SignedIn(new SessionFilter(sessions::getObject));
  }

  /// A page leads to the sign-in and back. A part of a page has the whole page go there.
  private static void askToSignIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String asked = request.getRequestURI();
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    boolean part = request.getHeader("HX-Request") != null;
    boolean page = request.getMethod().equals("GET") && !part;
    PagePath signIn = PagePath.of("sign-in");
    String there =
        (page && !asked.equals(LocalPath.HOME) ? signIn.with("next", asked + query) : signIn)
            .toString();
    if (part) {
      response.setHeader("HX-Redirect", there);
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
    } else if (MediaType.TEXT_EVENT_STREAM_VALUE.equals(request.getHeader(HttpHeaders.ACCEPT))) {
      // A stream that is refused would be asked for again and again.
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.getWriter().write("event: signed-out\ndata: -\n\n");
    } else {
      response.setHeader(HttpHeaders.LOCATION, there);
      response.setStatus(HttpStatus.SEE_OTHER.value());
    }
  }

  private static Problem refused() {
    return Problem.of(
        HttpStatus.FORBIDDEN,
        ErrorCode.FORBIDDEN,
        null,
        "This was not sent from a page of yours, or the page is from another session. Nothing was"
            + " changed; open the page anew and send it again.");
  }
}
