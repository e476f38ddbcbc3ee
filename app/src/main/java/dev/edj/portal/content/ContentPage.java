package dev.edj.portal.content;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page of a content shows.
///
/// @param dacpac what is known of a package; null of a script
/// @param versions the newest first, without their texts
/// @param shown the version that is shown
/// @param jobs that use it
record ContentPage(
    Content content,
    List<ContentVersion> versions,
    ContentVersion shown,
    ShownScript script,
    SplitPreview split,
    @Nullable ShownPackage dacpac,
    List<String> jobs) {

  public boolean isPackage() {
    return dacpac != null;
  }

  /// Whether the package's file is here, and not fetched at each run.
  public boolean isDownloadable() {
    return shown.sha256() != null;
  }
}
