package dev.edj.result;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.edj.engine.rows.Column;
import dev.edj.execution.ResultColumns;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.Comparison.ComparedChild;
import dev.edj.result.ResultStore.ChildRow;
import dev.edj.result.ResultStore.GroupRow;
import dev.edj.result.ResultStore.KeptAt;
import dev.edj.result.ResultStore.KeptRow;
import dev.edj.result.ResultStore.MemberRow;
import dev.edj.result.ResultStore.PieceRow;
import dev.edj.result.ResultStore.StepRow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/// The results of a step that are kept in the control database.
final class KeptResults implements StepResults {

  private static final int PAGE = 1_000;

  /// So many results are in memory at once, each without its pieces.
  private static final int PORTION = 32;

  private final Jdbi jdbi;
  private final ResultStore store;
  private final StepRow step;

  KeptResults(Jdbi jdbi, StepRow step) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(ResultStore.class);
    this.step = step;
  }

  @Override
  public void read(WantedChildren wanted, ResultReceiver receiver) throws Exception {
    if (!store.anyKept(step.stepExecutionId())) {
      return;
    }
    int server = 0;
    String database = "";
    List<ChildRow> page;
    do {
      page = page(wanted, server, database);
      read(page.stream().map(ChildRow::executionId).toList(), receiver);
      if (!page.isEmpty()) {
        server = page.getLast().serverId();
        database = page.getLast().database();
      }
    } while (page.size() == PAGE);
  }

  private List<ChildRow> page(WantedChildren wanted, int afterServer, String afterDatabase) {
    return jdbi.inTransaction(handle -> {
      ResultStore pages = handle.attach(ResultStore.class);
      pages.begin();
      return pages.keptChildren(step.stepExecutionId(), wanted, afterServer, afterDatabase, PAGE);
    });
  }

  @Override
  public void read(UUID child, ResultReceiver receiver) throws Exception {
    read(List.of(child), receiver);
  }

  /// The results of these children, in this order.
  void read(List<UUID> children, ResultReceiver receiver) throws Exception {
    Header header = new Header();
    for (int i = 0; i < children.size(); i += PORTION) {
      List<UUID> portion = children.subList(i, Math.min(i + PORTION, children.size()));
      Map<UUID, KeptRow> found =
          store.kept(portion.toArray(UUID[]::new)).stream()
              .collect(toMap(KeptRow::executionId, Function.identity()));
      for (UUID child : portion) {
        KeptRow kept = found.get(child);
        if (kept == null) {
          throw removed();
        }
        hand(kept, header.columns(kept.columns()), receiver);
      }
    }
  }

  /// Whoever reads must not take what is left for all there was.
  static EdjException removed() {
    return new EdjException(
        ErrorCode.NO_RESULTS,
        null,
        "the rest of these rows is gone: they were removed while they were being read");
  }

  /// Children of which a result was kept at a time or later, in the order of these times.
  List<KeptAt> since(WantedChildren wanted, Instant time, UUID after, int limit) {
    return store.keptSince(step.stepExecutionId(), wanted, time, after, limit);
  }

  private void hand(KeptRow kept, List<Column> columns, ResultReceiver receiver) throws Exception {
    receiver.child(
        new ChildResult(
            kept.executionId(),
            kept.step(),
            kept.server(),
            kept.database(),
            columns,
            kept.rowCount(),
            kept.keptRows() < kept.rowCount()),
        new KeptRows(columns, kept.keptRows(), new Bytes(kept)));
  }

  @Override
  public List<List<Column>> headers(WantedChildren wanted, int limit) {
    return store.headers(step.stepExecutionId(), wanted, limit).stream()
        .map(ResultColumns::parse)
        .toList();
  }

  @Override
  public Groups groups(int mostGroups, int mostMembers) {
    List<GroupRow> groups = store.groups(step.stepExecutionId(), mostGroups);
    if (groups.isEmpty()) {
      return new Groups(0, 0, List.of());
    }
    Map<String, List<MemberRow>> members =
        store
            .members(
                step.stepExecutionId(),
                mostMembers,
                groups.stream().map(GroupRow::digest).toArray(String[]::new))
            .stream()
            .collect(groupingBy(MemberRow::digest));
    return new Groups(
        groups.getFirst().groups(),
        groups.getFirst().children(),
        groups.stream()
            .filter(group -> members.containsKey(group.digest()))
            .map(group -> group(group, members.getOrDefault(group.digest(), List.of())))
            .toList());
  }

  private static Group group(GroupRow group, List<MemberRow> members) {
    MemberRow first = members.getFirst();
    return new Group(
        group.size(),
        members.stream()
            .map(member ->
                new ComparedChild(member.executionId(), member.server(), member.database()))
            .toList(),
        first.rowCount());
  }

  /// The columns of the child before are mostly those of the next, too.
  private static final class Header {

    private String json = "";
    private List<Column> columns = List.of();

    List<Column> columns(String json) {
      if (!json.equals(this.json)) {
        this.json = json;
        this.columns = ResultColumns.parse(json);
      }
      return columns;
    }
  }

  /// The bytes of a result: those of its own row, then those of its pieces, each read when it is
  /// needed.
  private final class Bytes extends InputStream {

    private final UUID child;
    private ByteArrayInputStream current;
    private int piece = Integer.MIN_VALUE;

    Bytes(KeptRow kept) {
      this.child = kept.executionId();
      this.current = new ByteArrayInputStream(kept.rows());
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      while (true) {
        int read = current.read(target, offset, length);
        if (read > 0) {
          return read;
        }
        PieceRow next = store.nextPiece(child, piece);
        if (next == null) {
          return -1;
        }
        piece = next.piece();
        current = new ByteArrayInputStream(next.rows());
      }
    }
  }
}
