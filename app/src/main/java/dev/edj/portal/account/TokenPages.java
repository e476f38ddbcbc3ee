package dev.edj.portal.account;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.access.Token;
import dev.edj.access.TokenSearch;
import dev.edj.access.Tokens;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.NamedRows;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.portal.site.Typed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// The tokens of all users.
@Controller
final class TokenPages {

  private static final String NOUN = "tokens";
  private static final int ROWS = 100;

  private final Tokens tokens;

  TokenPages(Tokens tokens) {
    this.tokens = tokens;
  }

  /// The filter as it stands in the page's address.
  ///
  /// @param name a part of a token's name or of its user's
  /// @param after the id of the last one of the page before
  record TokenQuery(@Nullable String name, @Nullable Long after) {

    public boolean isNarrowed() {
      return Typed.stripped(name) != null;
    }

    /// One more than are shown is asked for, so that it is known whether there are more.
    TokenSearch search() {
      return new TokenSearch(Typed.stripped(name), after, ROWS + 1);
    }

    NamedRows<Token> page(List<Token> found) {
      List<Token> rows = found.subList(0, Math.min(ROWS, found.size()));
      PagePath list = PagePath.of(NOUN).with("name", Typed.stripped(name));
      return new NamedRows<>(
          rows,
          after == null ? null : list,
          found.size() > ROWS ? list.with("after", rows.getLast().id()) : null);
    }
  }

  @GetMapping("/tokens")
  @Allowed(Permission.ADMINISTER)
  ModelAndView list(
      @ModelAttribute("query") TokenQuery query, @AuthenticationPrincipal Caller caller) {
    ModelAndView page = new ModelAndView("tokens");
    page.addObject("tokens", query.page(tokens.search(caller, query.search())));
    return page;
  }

  @GetMapping("/tokens/{id}/revoke")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToRevoke(@PathVariable long id, @AuthenticationPrincipal Caller caller) {
    Token token = tokens.found(caller, id);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Revoke token %s of %s?".formatted(token.name(), token.user()),
            "Whatever uses it is refused from now on.",
            PagePath.of(NOUN, id, "revoke"),
            "Revoke it",
            PagePath.of("users", token.user())));
  }

  @PostMapping("/tokens/{id}/revoke")
  @Allowed(Permission.ADMINISTER)
  SeeOther revoke(@PathVariable long id, @AuthenticationPrincipal Caller caller) {
    Token token = tokens.found(caller, id);
    tokens.revoke(caller, id);
    return SeeOther.page("users", token.user()).saying("The token is revoked.");
  }
}
