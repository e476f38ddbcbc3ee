package dev.edj.portal.content;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import java.util.List;

/// What the page of a content shows.
///
/// @param versions the newest first, without their texts
/// @param shown the version that is shown
/// @param jobs that use it
record ContentPage(
    Content content,
    List<ContentVersion> versions,
    ContentVersion shown,
    ShownScript script,
    SplitPreview split,
    List<String> jobs) {}
