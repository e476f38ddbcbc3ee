package dev.edj.portal.content;

import dev.edj.content.Packages;
import dev.edj.portal.content.ContentForm.Source;
import dev.edj.portal.site.PagePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page with a content's form shows.
///
/// @param edited the content that gets a new version; null for a new one
record ContentFormPage(@Nullable String edited, ContentForm form) {

  /// A content stays what it is.
  public List<Source> sources() {
    if (edited == null) {
      return List.of(Source.values());
    }
    return form.source() == Source.Script
        ? List.of(Source.Script)
        : List.of(Source.File, Source.Uri);
  }

  public boolean isFrom(String source) {
    return sources().contains(Source.valueOf(source));
  }

  public int largestFileBytes() {
    return Packages.LARGEST_BYTES;
  }

  public PagePath action() {
    return edited == null ? PagePath.of("new", "content") : PagePath.of("contents", edited, "edit");
  }

  public PagePath back() {
    return edited == null ? PagePath.of("contents") : PagePath.of("contents", edited);
  }
}
