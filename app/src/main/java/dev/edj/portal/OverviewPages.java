package dev.edj.portal;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.controldb.Recent;
import dev.edj.execution.Executions;
import dev.edj.node.Nodes;
import dev.edj.portal.site.Allowance;
import dev.edj.portal.site.Allowances;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.portal.site.LiveStream;
import dev.edj.schedule.Triggers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/// The first page, which goes on by itself.
@Controller
final class OverviewPages {

  private static final String TEMPLATE = "overview";

  private final Executions executions;
  private final Triggers triggers;
  private final Nodes nodes;
  private final LiveStream stream;
  private final Allowances allowances;
  private final Recent<Allowance, Live> live;

  OverviewPages(
      Executions executions,
      Triggers triggers,
      Nodes nodes,
      LiveStream stream,
      Fragments fragments,
      Allowances allowances) {
    this.executions = executions;
    this.triggers = triggers;
    this.nodes = nodes;
    this.stream = stream;
    this.allowances = allowances;
    this.live =
        new Recent<>(may ->
            new Live(
                fragments.render(TEMPLATE, "live", Map.of("overview", read(), "may", may)), false));
  }

  @GetMapping("/")
  @Allowed(Permission.READ)
  ModelAndView overview() {
    return new ModelAndView(TEMPLATE, Map.of("overview", read()));
  }

  @GetMapping("/events")
  @Allowed(Permission.READ)
  void events(HttpServletRequest request, HttpServletResponse response) {
    Allowance may = allowances.of(request);
    stream.send(request, response, () -> live.of(may));
  }

  private Overview read() {
    return Overview.read(executions, triggers, nodes, InstantSource.system());
  }
}
