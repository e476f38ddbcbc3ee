/// The command line: `edj NOUN VERB`, a client of the REST API.
///
/// Start reading at [dev.edj.cli.Cli]. A noun's commands are methods of one class
/// ([dev.edj.cli.JobCommands] …); each asks the service through [dev.edj.cli.ApiClient] and shows
/// the answer through [dev.edj.cli.Output]. What goes wrong becomes a
/// [dev.edj.cli.CommandException] with the exit code that `docs/reference/cli.md` promises. Nothing
/// here loads Spring but [dev.edj.cli.Serve].
@NullMarked
package dev.edj.cli;

import org.jspecify.annotations.NullMarked;
