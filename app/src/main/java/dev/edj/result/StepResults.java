package dev.edj.result;

import dev.edj.engine.rows.Column;
import java.util.List;
import java.util.UUID;

/// The results of one step's children, wherever they are. Each method reads anew.
sealed interface StepResults permits KeptResults, DestinationResults {

  /// Hands on the results of the wanted children, in the order of servers and databases; children
  /// without one are left out.
  void read(WantedChildren wanted, ResultReceiver receiver) throws Exception;

  /// Hands on the result of one child, if it has one.
  void read(UUID child, ResultReceiver receiver) throws Exception;

  /// The different lists of columns that the wanted results have, in the order of the children that
  /// have them first.
  ///
  /// @param limit the most lists that are wanted
  List<List<Column>> headers(WantedChildren wanted, int limit) throws Exception;

  /// Children by what they returned.
  Groups groups(int mostGroups, int mostMembers) throws Exception;

  /// Children by what they returned, the largest groups first.
  ///
  /// @param count how many groups there are in all
  /// @param children how many children there are in all of them
  record Groups(long count, long children, List<Group> largest) {}

  /// Children that returned the same.
  ///
  /// @param first some of them, in the order of servers and databases
  record Group(long size, List<Comparison.ComparedChild> first, long rowCount) {}
}
