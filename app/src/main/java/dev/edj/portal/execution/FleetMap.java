package dev.edj.portal.execution;

import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunDatabase;
import java.util.ArrayList;
import java.util.List;

/// All databases of a run as a browser draws them: their names once, by step and server, and a
/// letter for how each stands.
///
/// @param states in the order of the names; of equal letters in a row the first has their number
///   before it: `3SF120C`
public record FleetMap(List<Group> groups, String states) {

  /// The databases of a server in a step.
  public record Group(int step, String server, List<String> databases) {}

  static FleetMap of(List<RunDatabase> databases) {
    List<Group> groups = new ArrayList<>();
    for (RunDatabase database : databases) {
      Group last = groups.isEmpty() ? null : groups.getLast();
      if (last == null
          || last.step() != database.stepId()
          || !last.server().equals(database.server())) {
        last = new Group(database.stepId(), database.server(), new ArrayList<>());
        groups.add(last);
      }
      last.databases().add(database.database());
    }
    return new FleetMap(groups, states(databases));
  }

  static String states(List<RunDatabase> databases) {
    StringBuilder states = new StringBuilder();
    int begin = 0;
    for (int i = 1; i <= databases.size(); i++) {
      Lifecycle state = databases.get(begin).lifecycle();
      if (i == databases.size() || databases.get(i).lifecycle() != state) {
        if (i - begin > 1) {
          states.append(i - begin);
        }
        states.append(letter(state));
        begin = i;
      }
    }
    return states.toString();
  }

  /// As fleet.js and execution.css know them.
  static char letter(Lifecycle lifecycle) {
    return switch (lifecycle) {
      case Created -> 'C';
      case InProgress, WaitingForChildJobExecutions -> 'P';
      case WaitingForRetry -> 'W';
      case Succeeded, SucceededWithSkipped -> 'S';
      case Failed -> 'F';
      case TimedOut -> 'T';
      case Canceled -> 'X';
      case Skipped -> 'K';
    };
  }
}
