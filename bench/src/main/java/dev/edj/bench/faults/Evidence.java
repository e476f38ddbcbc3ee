package dev.edj.bench.faults;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What EDJ says and what the databases say. It may be read while jobs run: what EDJ had recorded
/// by then must already be in the databases, which are read after it.
///
/// @param firstOutcomes the children as they were when they were first seen to have ended
/// @param places every database of the target, `server/database`
record Evidence(
    Map<UUID, Recorded.Child> firstOutcomes,
    Recorded recorded,
    List<Witness> witnesses,
    Collected collected,
    Set<String> places) {

  static Evidence read(Cluster cluster, Workload workload) throws SQLException {
    Map<UUID, Recorded.Child> firstOutcomes = Map.copyOf(workload.firstOutcomes());
    Recorded recorded = Recorded.read(workload.jdbi());
    List<Witness> witnesses = new ArrayList<>();
    Set<String> places = new HashSet<>();
    for (int i = 0; i < cluster.targets().size(); i++) {
      String name = cluster.targetNames().get(i);
      witnesses.addAll(Witness.read(cluster.targets().get(i), name, workload.databases()));
      workload.databases().forEach(database -> places.add(name + "/" + database));
    }
    return new Evidence(
        firstOutcomes, recorded, witnesses, Collected.read(cluster.destination()), places);
  }
}
