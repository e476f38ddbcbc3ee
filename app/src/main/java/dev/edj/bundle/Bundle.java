package dev.edj.bundle;

import dev.edj.execution.JobExecution;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What is known of one execution, to be written once.
///
/// @param child the only one that is wanted; null for all
public record Bundle(
    JobExecution run,
    @Nullable JobExecution child,
    Definitions definitions,
    Attempts attempts,
    Surroundings surroundings) {

  /// What it is called where it is kept.
  public String name() {
    return "execution-" + (child == null ? run : child).id();
  }

  /// Writes a zip while it is read, the page that explains it last.
  public void write(OutputStream out) throws IOException {
    Archive archive = new Archive(out, name());
    archive.json("execution.json", run);
    definitions.write(archive, run);
    String leftOut = attempts.write(archive, run, child);
    surroundings.write(archive, run);
    archive.text("README.md", readme(leftOut));
    archive.finish();
  }

  private String readme(String leftOut) {
    return """
    # Execution %s of job %s

    | file | holds |
    |---|---|
    | `execution.json` | the execution: how it stands, why, since when |
    | `definitions/` | what it runs, as it was when it was started: the job's version, each step with its script and its policy, the values of parameters |
    | `errors.json` | its failures, those that say the same together |
    | `children.jsonl` | its children, one for each step and database: those that failed first, then what runs and waits, the newest first |
    | `attempts/` | the newest tasks of the execution itself, and of each of the first children, with their batches |
    | `logs/` | what these attempts printed |
    | `audit.jsonl` | who did what to the job and the execution, from an hour before it to an hour after |
    | `nodes.json` | the processes of the service: version, roles, settings, Java, how far each one's clock is ahead of the control database's |
    | `control-database.json` | its version, its migrations, its settings |
    | `metrics.json` | the service's metrics when this was made |

    Times are UTC. There are no passwords in these files, no tokens, no values of secret parameters, and no rows that scripts
    returned. Scripts, errors and what scripts print are in them as they are: look at them before you hand them on.

    Left out: %s
    """
        .formatted(run.id(), run.job(), leftOut);
  }
}
