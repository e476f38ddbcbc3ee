package dev.edj.portal.content;

import static java.util.Objects.requireNonNullElse;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.content.Content;
import dev.edj.content.ContentKind;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.portal.difference.TextDifference;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.NameQuery;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Contents and their versions.
@Controller
final class ContentPages {

  private final Contents contents;

  ContentPages(Contents contents) {
    this.contents = contents;
  }

  @GetMapping("/contents")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") NameQuery query) {
    return new ModelAndView(
        "contents", "contents", query.rows(PagePath.of("contents"), contents::list, Content::name));
  }

  @GetMapping("/contents/{name}")
  @Allowed(Permission.READ)
  ModelAndView content(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(defaultValue = "sqlserver") SplitPreview.Engine engine) {
    ContentVersion shown = contents.version(name, version);
    String text = requireNonNullElse(shown.text(), "");
    ContentPage page =
        new ContentPage(
            contents.named(name),
            contents.versions(name).reversed(),
            shown,
            ShownScript.of(text),
            SplitPreview.of(text, engine),
            shown.kind() == ContentKind.Dacpac ? ShownPackage.of(shown, contents) : null,
            contents.jobs(name));
    return new ModelAndView("content", Map.of("page", page));
  }

  /// The text as a file.
  @GetMapping("/contents/{name}/text")
  @Allowed(Permission.READ)
  ResponseEntity<byte[]> text(
      @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
    ContentVersion shown = contents.version(name, version);
    if (shown.text() == null) {
      throw EdjException.notFound("text of the data-tier package", name);
    }
    return file(shown, "sql")
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(shown.text().getBytes(StandardCharsets.UTF_8));
  }

  /// The file of a package.
  @GetMapping("/contents/{name}/dacpac")
  @Allowed(Permission.READ)
  ResponseEntity<byte[]> dacpac(
      @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
    ContentVersion shown = contents.version(name, version);
    return file(shown, "dacpac")
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(contents.dacpacFile(name, shown.version()));
  }

  private static ResponseEntity.BodyBuilder file(ContentVersion version, String extension) {
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(
                    "%s-%d.%s".formatted(version.content(), version.version(), extension),
                    StandardCharsets.UTF_8)
                .build()
                .toString());
  }

  /// @param to null means the newest
  /// @param from null means the one before
  @GetMapping("/contents/{name}/difference")
  @Allowed(Permission.READ)
  ModelAndView difference(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer from,
      @RequestParam(required = false) @Nullable Integer to) {
    ContentVersion newer = contents.version(name, to);
    ContentVersion older =
        contents.version(name, from == null ? Math.max(1, newer.version() - 1) : from);
    ModelAndView page =
        new ModelAndView(
            "content-difference",
            Map.of(
                "from",
                older,
                "to",
                newer,
                "versions",
                contents.versions(name).reversed(),
                "difference",
                TextDifference.of(PackageFacts.text(older), PackageFacts.text(newer))));
    PackageDifference.of(older, newer, contents).ifPresent(plan -> page.addObject("plan", plan));
    return page;
  }

  @GetMapping("/contents/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  ModelAndView askToDelete(@PathVariable String name) {
    Content content = contents.named(name);
    return new ModelAndView(
        "ask",
        Map.of(
            "ask",
            new Ask(
                "Delete content %s?".formatted(content.name()),
                "It goes with all its versions. What a job uses, or an execution has run, cannot be"
                    + " deleted.",
                PagePath.of("contents", name, "delete"),
                "Delete the content",
                PagePath.of("contents", name))));
  }

  @PostMapping("/contents/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  SeeOther delete(@PathVariable String name) {
    contents.delete(name);
    return SeeOther.page("contents").saying("Content %s is deleted.".formatted(name));
  }
}
