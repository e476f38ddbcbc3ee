package dev.edj.portal.target;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.Refusal;
import dev.edj.problem.EdjException;
import dev.edj.target.Target;
import dev.edj.target.TargetDirectory;
import dev.edj.target.TargetEntry;
import dev.edj.target.TargetKind;
import dev.edj.target.TargetSearch;
import dev.edj.target.Targets;
import dev.edj.target.TreeEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/// Targets as a list and as a tree.
@Controller
final class TargetListPages {

  private static final int ROWS = 100;

  /// Of each kind below one node of the tree.
  private static final int MOST_LEAVES = 200;

  /// What has most below it comes first.
  private static final List<TargetKind> IN_TREE =
      List.of(
          TargetKind.CustomCollection,
          TargetKind.ShardMap,
          TargetKind.Server,
          TargetKind.ElasticPool,
          TargetKind.Database);

  private final Targets targets;
  private final TargetDirectory directory;

  TargetListPages(Targets targets, TargetDirectory directory) {
    this.targets = targets;
    this.directory = directory;
  }

  /// @param next the name to go on after; null when there are no more
  record TargetRows(List<TargetEntry> rows, @Nullable String next) {

    static TargetRows of(List<TargetEntry> found, int limit) {
      boolean more = found.size() > limit;
      List<TargetEntry> rows = more ? found.subList(0, limit) : found;
      return new TargetRows(rows, more ? rows.getLast().name() : null);
    }

    public boolean isMore() {
      return next != null;
    }
  }

  /// A kind among those that can be chosen, with how many there are.
  record KindCount(TargetKind kind, String plural, int count) {}

  /// Those of a kind that are in no collection.
  record Roots(TargetKind kind, TargetRows found) {}

  @GetMapping("/targets")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") TargetQuery query) {
    ModelAndView page = new ModelAndView("targets");
    Map<TargetKind, Integer> counts = directory.count(query.text());
    page.addObject(
        "kinds",
        Arrays.stream(TargetKind.values())
            .map(
                kind -> new KindCount(kind, TargetNames.plural(kind), counts.getOrDefault(kind, 0)))
            .toList());
    page.addObject("total", counts.values().stream().mapToInt(Integer::intValue).sum());
    try {
      page.addObject("targets", TargetRows.of(directory.list(query.search(), ROWS + 1), ROWS));
    } catch (EdjException e) {
      page.addObject("targets", new TargetRows(List.of(), null));
      page.addObject("refusal", Refusal.of(e));
      page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
    }
    return page;
  }

  /// What is in no collection, by kind.
  @GetMapping("/target-tree")
  @Allowed(Permission.READ)
  ModelAndView tree() {
    List<Roots> roots = IN_TREE.stream().map(this::roots).toList();
    return new ModelAndView(
        "target-tree",
        Map.of(
            "roots",
            roots,
            "empty",
            roots.stream().allMatch(some -> some.found().rows().isEmpty())));
  }

  private Roots roots(TargetKind kind) {
    TargetSearch loose = new TargetSearch(kind, null, true, null);
    return new Roots(kind, TargetRows.of(directory.list(loose, MOST_LEAVES + 1), MOST_LEAVES));
  }

  /// A part of the tree: the children of a collection.
  @GetMapping("/targets/{target}/branch")
  @Allowed(Permission.READ)
  ModelAndView branch(@PathVariable String target) {
    Target parent = targets.named(target);
    List<TreeEntry> found = directory.branch(parent.id(), MOST_LEAVES + 1);
    return new ModelAndView(
        "target-tree :: branch",
        Map.of(
            "parent",
            parent,
            "entries",
            found.subList(0, Math.min(found.size(), MOST_LEAVES)),
            "more",
            found.size() > MOST_LEAVES));
  }
}
