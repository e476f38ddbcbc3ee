package dev.edj.portal.target;

import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import dev.edj.target.TargetKind;
import dev.edj.target.TargetSearch;
import org.jspecify.annotations.Nullable;

/// The filter of the list of targets, as it stands in the page's address.
///
/// @param loose only those in no collection
/// @param after the name of the last one of the page before
record TargetQuery(
    @Nullable String name, @Nullable String kind, @Nullable Boolean loose, @Nullable String after) {

  TargetSearch search() {
    return new TargetSearch(
        new Typed("kind", kind).oneOf(TargetKind.class), text(), isLoose(), Typed.stripped(after));
  }

  @Nullable String text() {
    return Typed.stripped(name);
  }

  public boolean isNarrowed() {
    return text() != null || Typed.stripped(kind) != null || isLoose();
  }

  private boolean isLoose() {
    return Boolean.TRUE.equals(loose);
  }

  public PagePath path(@Nullable String after) {
    return ofKind(Typed.stripped(kind)).with("after", after);
  }

  /// The same list of another kind; null for all kinds.
  public PagePath ofKind(@Nullable String kind) {
    return PagePath.of("targets").with("kind", kind).with("name", text()).with("loose", isLoose());
  }
}
