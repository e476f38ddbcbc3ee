package dev.edj.portal.target;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.choice.Choices;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.target.ExplainedDatabase;
import dev.edj.target.Target;
import dev.edj.target.Targets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Which databases a target is now, and why: a page of its own, and a part of the target's page
/// that comes when the servers have answered.
@Controller
final class TargetDatabasePages {

  private final Targets targets;
  private final Choices choices;
  private final Explanations explanations;

  TargetDatabasePages(Targets targets, Choices choices, Explanations explanations) {
    this.targets = targets;
    this.choices = choices;
    this.explanations = explanations;
  }

  /// Some of the databases.
  ///
  /// @param in how many the target has
  /// @param out how many it leaves out
  /// @param found how many are meant by the filter
  /// @param first which of them is the first one shown, from 1
  record DatabaseRows(
      int in,
      int out,
      int found,
      int first,
      List<ExplainedDatabase> rows,
      List<String> explanation,
      Instant at,
      @Nullable PagePath previous,
      @Nullable PagePath next) {

    static DatabaseRows of(Explanations.Answer answer, TargetDatabaseQuery query, Target target) {
      List<ExplainedDatabase> all = answer.resolution().databases();
      List<ExplainedDatabase> found = query.among(all);
      int in = (int) all.stream().filter(ExplainedDatabase::in).count();
      int start = Math.min(query.start(), found.size());
      int end = Math.min(start + TargetDatabaseQuery.ROWS, found.size());
      return new DatabaseRows(
          in,
          all.size() - in,
          found.size(),
          start + 1,
          found.subList(start, end),
          answer.resolution().explanation(),
          answer.at(),
          start == 0
              ? null
              : query.path(target.id(), Math.max(0, start - TargetDatabaseQuery.ROWS)),
          end == found.size() ? null : query.path(target.id(), end));
    }

    public int last() {
      return first + rows.size() - 1;
    }
  }

  @GetMapping("/targets/{target}/databases")
  @Allowed(Permission.READ)
  ModelAndView databases(
      @PathVariable String target,
      @ModelAttribute("query") TargetDatabaseQuery query,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String part) {
    ModelAndView page =
        new ModelAndView(part == null ? "target-databases" : "target-databases :: databases");
    Target asked = targets.named(target);
    page.addObject("target", asked);
    page.addObject("kind", TargetNames.of(asked.kind()));
    page.addObject("credentials", choices.shortlist("credentials"));
    try {
      page.addObject("databases", DatabaseRows.of(answer(asked, query), query, asked));
    } catch (EdjException e) {
      page.addObject("refusal", Refusal.of(e));
      if (part == null) {
        page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
      }
    }
    return page;
  }

  /// A part of the tree of targets, opened in its place: the next of the databases that the target
  /// is now.
  @GetMapping("/targets/{target}/leaves")
  @Allowed(Permission.READ)
  ModelAndView leaves(@PathVariable String target, @RequestParam(defaultValue = "0") int from) {
    ModelAndView part = new ModelAndView("target-tree :: leaves");
    Target asked = targets.named(target);
    part.addObject("parent", asked);
    try {
      part.addObject(
          "leaves",
          Leaves.of(explanations.recall(asked.id(), null).resolution().databases(), from));
    } catch (EdjException e) {
      part.addObject("refusal", Refusal.of(e));
    }
    return part;
  }

  /// Some of a target's databases below it in the tree.
  ///
  /// @param next how many to pass over for those that follow; null when there are no more
  record Leaves(List<ExplainedDatabase> rows, int all, @Nullable Integer next) {

    static Leaves of(List<ExplainedDatabase> databases, int from) {
      int start = Math.clamp(from, 0, databases.size());
      int end = Math.min(start + TargetDatabaseQuery.ROWS, databases.size());
      return new Leaves(
          databases.subList(start, end), databases.size(), end == databases.size() ? null : end);
    }
  }

  private Explanations.Answer answer(Target target, TargetDatabaseQuery query) {
    String credential = Typed.stripped(query.credential());
    return Boolean.TRUE.equals(query.asked())
        ? explanations.recall(target.id(), credential)
        : explanations.ask(target.id(), credential);
  }
}
