package dev.edj.portal.content;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.scope.Narrowing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// The forms for a new content and a new version.
@Controller
final class ContentFormPages {

  private final Contents contents;

  ContentFormPages(Contents contents) {
    this.contents = contents;
  }

  @GetMapping("/new/content")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank() {
    return page(ContentForm.NOTHING, null);
  }

  @PostMapping("/new/content")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView create(@ModelAttribute("form") ContentForm form) throws IOException {
    try {
      Content created = form.create(contents);
      return new ModelAndView(
          SeeOther.page("contents", created.name())
              .saying("Content %s is saved.".formatted(created.name())));
    } catch (EdjException e) {
      return refused(form, null, e);
    }
  }

  /// @param version to begin with; null means the newest
  @GetMapping("/contents/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  ModelAndView edit(
      @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
    ContentVersion from = contents.version(name, version);
    return page(ContentForm.next(from, contents.named(name).latestVersion()), name);
  }

  /// Refused when there is a newer version than the form knew of.
  @PostMapping("/contents/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  ModelAndView addVersion(@PathVariable String name, @ModelAttribute("form") ContentForm form)
      throws IOException {
    try {
      ContentVersion made = form.add(contents, name);
      return new ModelAndView(
          SeeOther.page("contents", name)
              .saying("Version %d of %s is saved.".formatted(made.version(), name)));
    } catch (EdjException e) {
      return e.code() == ErrorCode.CHANGED_MEANWHILE
          ? changedMeanwhile(form, name, e)
          : refused(form, name, e);
    }
  }

  private ModelAndView changedMeanwhile(ContentForm form, String name, EdjException cause) {
    int newest = contents.named(name).latestVersion();
    return refused(
        form.on(newest),
        name,
        new EdjException(
            cause.code(),
            form.field(),
            "somebody made version %d since you began; look at it, and save again to put yours on top"
                .formatted(newest),
            cause));
  }

  private static ModelAndView refused(ContentForm form, @Nullable String edited, EdjException e) {
    ModelAndView page = page(form, edited);
    page.addObject("refusal", Refusal.of(e));
    page.setStatus(HttpStatusCode.valueOf(e.category().httpStatus()));
    return page;
  }

  private static ModelAndView page(ContentForm form, @Nullable String edited) {
    ModelAndView page = new ModelAndView("content-form");
    page.addObject("page", new ContentFormPage(edited, form));
    return page;
  }
}
