package dev.edj.portal.upload;

import dev.edj.portal.site.ErrorPages;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/// The filters by which forms with files come in: one in front of that which checks tokens, one
/// behind that which says who may go on.
public final class FileForms {

  /// More of them wait for the disk and for one another.
  static final int MOST_AT_ONCE = 4;

  private final ErrorPages errors;
  private final Path directory;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /// @param directory where files are while their form is looked at; made when it is needed
  public FileForms(ErrorPages errors, Path directory) {
    this.errors = errors;
    this.directory = directory;
  }

  /// Shows the token of a form, of which nothing else is read yet.
  ///
  /// @param field of the token
  public Filter tokens(String field) {
    return new TokenFilter(field);
  }

  /// Reads the rest of a form that may be sent.
  public Filter contents() {
    return new ContentFilter();
  }

  private final class TokenFilter extends OncePerRequestFilter {

    private final String field;

    TokenFilter(String field) {
      this.field = field;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
      return !FileForm.is(request);
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      FileForm form;
      try {
        form = FileForm.begun(request, field);
      } catch (EdjException e) {
        errors.write(request, response, e);
        return;
      }
      chain.doFilter(form, response);
    }
  }

  private final class ContentFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      FileForm form = WebUtils.getNativeRequest(request, FileForm.class);
      if (form == null) {
        chain.doFilter(request, response);
      } else if (places.tryAcquire()) {
        try (form) {
          handle(form, request, response, chain);
        } finally {
          places.release();
        }
      } else {
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
        errors.write(request, response, busy());
      }
    }

    private void handle(
        FileForm form, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      try {
        form.readOn(directory);
      } catch (EdjException e) {
        errors.write(request, response, e);
        return;
      }
      chain.doFilter(request, response);
    }
  }

  private static EdjException busy() {
    return new EdjException(
        ErrorCode.BUSY,
        null,
        "%d files are being sent at the moment, and no more are taken at once. Nothing was changed; send yours again."
            .formatted(MOST_AT_ONCE));
  }
}
