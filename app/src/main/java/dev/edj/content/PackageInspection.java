package dev.edj.content;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.PackageSummary;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What people ask of packages that are kept: what is in one, and what differs between two.
final class PackageInspection {

  /// They are small beside the packages that they are of.
  private static final int MOST_SUMMARIES = 200;

  private final Packages packages;
  private final Deployer deployer;

  /// Two opened packages and what they mean take much more room than their files.
  private final Semaphore planning = new Semaphore(1);

  /// By the packages' SHA-256, the one that was used last at the end.
  private final Map<String, PackageSummary> summaries = new LinkedHashMap<>(16, 0.75f, true);

  PackageInspection(Packages packages, Deployer deployer) {
    this.packages = packages;
    this.deployer = deployer;
  }

  PackageSummary summary(String sha256) {
    PackageSummary known = find(sha256);
    if (known != null) {
      return known;
    }
    PackageSummary made = PackageSummary.of(packages.open(sha256));
    keep(sha256, made);
    return made;
  }

  private @Nullable PackageSummary find(String sha256) {
    synchronized (summaries) {
      return summaries.get(sha256);
    }
  }

  private void keep(String sha256, PackageSummary summary) {
    synchronized (summaries) {
      summaries.put(sha256, summary);
      if (summaries.size() > MOST_SUMMARIES) {
        summaries.remove(summaries.keySet().iterator().next());
      }
    }
  }

  /// What would be done to a database of the older package to make it one of the newer, with the
  /// options that count when none are given.
  PlannedDeployment plan(String newer, String older) {
    planning.acquireUninterruptibly();
    try {
      Dacpac source = packages.open(newer);
      Dacpac before = packages.open(older);
      return deployer.plan(
          source, options(source), deployer.interpret(before, options(before)), "");
    } catch (DacpacException e) {
      throw new EdjException(ErrorCode.INVALID_PACKAGE, null, String.valueOf(e.getMessage()), e);
    } finally {
      planning.release();
    }
  }

  private static PublishOptions options(Dacpac source) {
    return Packages.options(Map.of(), Packages.foreseen(source));
  }
}
