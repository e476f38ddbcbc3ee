package dev.edj.dacpac.plan;

import java.util.List;

/// One thing that a deployment does.
///
/// @param title for people, as `SqlPackage` prints it: `Creating Table [dbo].[Orders]...`
/// @param batches T-SQL, each sent on its own
/// @param transactional whether it may stand in the transaction that the others are in
/// @param operations what the report says of it; none for guards and scripts
/// @param changes what it does to the objects of the database, in this order
public record Step(
    Phase phase,
    String title,
    List<String> batches,
    boolean transactional,
    List<Operation> operations,
    List<Change> changes) {

  public Step {
    batches = List.copyOf(batches);
    operations = List.copyOf(operations);
    changes = List.copyOf(changes);
  }
}
