package dev.edj.engine;

import java.util.List;

/// The ledger's statements in one engine's words. The last three tell how many rows they wrote, by
/// their count or by returning a row for each.
///
/// @param table its name, for people
/// @param inspect no row where the table is not there; otherwise one that says what is wrong with
///   it, as a sentence without its end, or nothing: an empty text
/// @param create creates it; each statement must do nothing where its object exists
/// @param mayCreate whether this login may create it: a row with a yes, a no, or no answer
/// @param find attempt, content, and the time when it ended or null, of one execution
/// @param outdated the executions, a hundred at most, whose rows are too old to matter. It must not
///   wait for rows that are being written
/// @param delete the row of one execution
/// @param insert execution, attempt, content
/// @param finish marks the row of one execution as ended
record LedgerSql(
    String table,
    String inspect,
    List<String> create,
    String mayCreate,
    String find,
    String outdated,
    String delete,
    String insert,
    String finish) {}
