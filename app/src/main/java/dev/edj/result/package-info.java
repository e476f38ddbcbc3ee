/// Results of executions: read from where they are kept, put into formats, and compared.
///
/// Start reading at [dev.edj.result.Results]. What is found is handed on child by child and row by
/// row ([dev.edj.result.ResultReceiver]), so that no result is too large; the rows of a step are
/// kept in the control database ([dev.edj.result.KeptResults]) or in the destination's table
/// ([dev.edj.result.DestinationResults]).
@NullMarked
package dev.edj.result;

import org.jspecify.annotations.NullMarked;
