package dev.edj.worker;

import dev.edj.dacpac.Dacpac;
import dev.edj.engine.LedgerEntry;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.PlanStore.RunParameters;
import dev.edj.parameter.BuiltInVariables;
import dev.edj.parameter.ParameterValue;
import dev.edj.parameter.ParameterValue.Missing;
import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.parameter.ParameterValue.Text;
import dev.edj.parameter.ParameterValues;
import dev.edj.script.ScriptDialect;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.SplitScript;
import dev.edj.security.PrivateKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A step as its run pinned it, ready to be run on any of its databases.
final class StepPlan {

  private final PinnedPlan pinned;
  private final ParameterValues declared;
  private final ParameterValues given;
  private final PrivateKeys keys;
  private final OpenedPackages packages;
  private final Map<ScriptDialect, SplitScript> scripts = new ConcurrentHashMap<>();

  /// What holds on every database whose targets carry nothing; decrypted when it is first wanted.
  private @Nullable ScriptValues ofRun;

  StepPlan(PinnedPlan pinned, RunParameters parameters, PrivateKeys keys, OpenedPackages packages) {
    this.pinned = pinned;
    this.declared = parameters.declaredValues();
    this.given = parameters.givenValues();
    this.keys = keys;
    this.packages = packages;
  }

  PinnedPlan pinned() {
    return pinned;
  }

  /// The script's batches by the rules of a dialect; split once, used by every child.
  SplitScript script(ScriptDialect dialect) throws ScriptException {
    SplitScript known = scripts.get(dialect);
    if (known != null) {
      return known;
    }
    SplitScript split = ScriptSplitter.split(pinned.script(), dialect);
    scripts.put(dialect, split);
    return split;
  }

  /// The package that the step deploys.
  Dacpac dacpac() {
    return packages.of(packageSha256());
  }

  /// There is one before there are children.
  String packageSha256() {
    return Objects.requireNonNull(pinned.packageSha256(), "no package was pinned");
  }

  /// What the ledger of the child's database says of this attempt.
  LedgerEntry ledgerEntry(ClaimedChild child) {
    String content = "%s, version %d".formatted(pinned.content(), pinned.contentVersion());
    return new LedgerEntry(child.executionId(), child.attempt(), content, null);
  }

  /// Everything `$(name)` can name on this database: what was given at the start, else what its
  /// targets carry, else what the job declares.
  ScriptValues values(ClaimedChild child, String server) {
    ScriptValues values =
        child.parameters() == null
            ? ofRun()
            : decrypted(given.over(ParameterValues.parse(child.parameters())).over(declared));
    return values.with(BuiltInVariables.ofTarget(server, child.database()));
  }

  private synchronized ScriptValues ofRun() {
    if (ofRun == null) {
      ofRun = decrypted(given.over(declared));
    }
    return ofRun;
  }

  private ScriptValues decrypted(ParameterValues values) {
    Map<String, String> variables = new HashMap<>();
    Set<String> secrets = new TreeSet<>();
    values
        .byName()
        .forEach((name, value) -> {
          switch (value) {
            case Text(String text) -> {
              variables.put(name, text);
              // A target may carry openly what the job has as a secret.
              ParameterValue own = declared.byName().get(name);
              if (own != null && own.secret()) {
                secrets.add(name);
              }
            }
            case Secret secret -> {
              String text = secret.decrypt(keys, name, pinned.job()).text();
              variables.put(name, text);
              secrets.add(name);
            }
            case Missing _ -> {}
          }
        });
    return new ScriptValues(variables, secrets).with(builtIn());
  }

  private Map<String, String> builtIn() {
    return BuiltInVariables.ofRun(
        pinned.job(),
        pinned.jobId(),
        pinned.jobVersion(),
        pinned.stepId(),
        pinned.stepName(),
        pinned.runId(),
        pinned.runCreatedAt(),
        pinned.target());
  }
}
