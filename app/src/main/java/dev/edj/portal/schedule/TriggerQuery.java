package dev.edj.portal.schedule;

import dev.edj.portal.site.NamedRows;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerSearch;
import dev.edj.schedule.Triggers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The filter of the list of triggers, as it stands in the page's address.
///
/// @param name a part of the job's name
/// @param bound the last one of the page before of those of schedules: `12 Rebuild`, its id and job
/// @param following the same of those that follow another job
record TriggerQuery(@Nullable String name, @Nullable String bound, @Nullable String following) {

  private static final int ROWS = 100;
  private static final Pattern PLACE = Pattern.compile("([0-9]{1,18}) (.+)");

  public @Nullable String text() {
    return Typed.stripped(name);
  }

  public boolean isNarrowed() {
    return text() != null;
  }

  NamedRows<Trigger> bound(Triggers triggers) {
    return rows(triggers, "bound", Typed.stripped(bound), true);
  }

  NamedRows<Trigger> following(Triggers triggers) {
    return rows(triggers, "following", Typed.stripped(following), false);
  }

  private NamedRows<Trigger> rows(
      Triggers triggers, String parameter, @Nullable String after, boolean scheduled) {
    List<Trigger> found = triggers.list(search(parameter, after, scheduled));
    List<Trigger> rows = found.subList(0, Math.min(ROWS, found.size()));
    PagePath list = PagePath.of("triggers").with("name", text());
    return new NamedRows<>(
        rows,
        after == null ? null : list,
        found.size() > ROWS ? list.with(parameter, place(rows.getLast())) : null);
  }

  private TriggerSearch search(String parameter, @Nullable String after, boolean scheduled) {
    if (after == null) {
      return new TriggerSearch(scheduled, text(), null, 0, ROWS + 1);
    }
    Matcher place = PLACE.matcher(after);
    if (!place.matches()) {
      throw EdjException.invalid(parameter, "'%s' is no trigger's id and job".formatted(after));
    }
    return new TriggerSearch(
        scheduled, text(), place.group(2), Long.parseLong(place.group(1)), ROWS + 1);
  }

  private static String place(Trigger trigger) {
    return trigger.id() + " " + trigger.job();
  }
}
