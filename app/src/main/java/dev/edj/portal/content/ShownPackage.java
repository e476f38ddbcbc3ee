package dev.edj.portal.content;

import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.dacpac.PackageSummary;
import dev.edj.problem.Category;
import dev.edj.problem.EdjException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data-tier package as its page shows it.
///
/// @param elements how many of each type its model has
/// @param renames the first of those that it brings
/// @param moreRenames how many are not shown
/// @param refusal why it cannot be looked into; null when it can, and of one that is fetched
record ShownPackage(
    List<PackageFacts.Fact> facts,
    Map<String, Integer> elements,
    List<String> renames,
    int moreRenames,
    @Nullable String refusal) {

  private static final int MOST_RENAMES = 100;

  static ShownPackage of(ContentVersion version, Contents contents) {
    List<PackageFacts.Fact> facts = new ArrayList<>(PackageFacts.of(version));
    try {
      return contents
          .packageSummary(version)
          .map(summary -> of(facts, summary))
          .orElseGet(() -> new ShownPackage(facts, Map.of(), List.of(), 0, null));
    } catch (EdjException e) {
      if (e.category() == Category.INTERNAL) {
        throw e;
      }
      return new ShownPackage(facts, Map.of(), List.of(), 0, e.text());
    }
  }

  private static ShownPackage of(List<PackageFacts.Fact> facts, PackageSummary summary) {
    facts.addAll(PackageFacts.of(summary));
    int shown = Math.min(MOST_RENAMES, summary.renames().size());
    return new ShownPackage(
        List.copyOf(facts),
        summary.elements(),
        summary.renames().subList(0, shown),
        summary.renames().size() - shown,
        null);
  }
}
