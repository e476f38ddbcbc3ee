package dev.edj.testing;

import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.PackageFetch;
import dev.edj.content.Packages;
import dev.edj.credential.Credentials;
import dev.edj.credential.LoginSource;
import dev.edj.credential.NewCredential;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.outward.AllowedHosts;
import dev.edj.policy.Policies;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.target.Dialer;
import dev.edj.target.NewTarget;
import dev.edj.target.Target;
import dev.edj.target.TargetKind;
import dev.edj.target.TargetResolver;
import dev.edj.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The features on one control database, with short ways to make what a test does not care about.
public final class TestFleet {

  public final EncryptionKeys keys;
  public final PrivateKeys privateKeys;
  public final Credentials credentials;
  public final Packages packages;
  public final PackageFetch fetch;
  public final Contents contents;
  public final Policies policies;
  public final Dialer dialer;
  public final TargetResolver resolver;
  public final Targets targets;
  public final Jobs jobs;

  public TestFleet(Jdbi jdbi) {
    keys = new EncryptionKeys(jdbi);
    privateKeys = PrivateKeys.open(newDirectory().resolve("private-keys.json"), jdbi);
    credentials = new Credentials(jdbi, keys);
    packages = new Packages(jdbi, new SqlServerDeployer(), newDirectory());
    fetch = new PackageFetch(AllowedHosts.NONE, packages);
    contents = new Contents(jdbi, packages, fetch);
    policies = new Policies(jdbi);
    dialer = new Dialer(jdbi, new LoginSource(jdbi, privateKeys));
    resolver = new TargetResolver(jdbi, dialer);
    targets = new Targets(jdbi, resolver);
    jobs = new Jobs(jdbi, packages);
  }

  public void credential(String name, String... servers) {
    credentials.create(new NewCredential(name, "app", "secret", null, List.of(servers)));
  }

  public void content(String name, String text) {
    contents.create(new NewContent(name, text, null));
  }

  public Target database(String server, String database) {
    return targets.create(
        new NewTarget(TargetKind.Database, null, server, database, null, null, null));
  }

  public Target server(String server) {
    return targets.create(new NewTarget(TargetKind.Server, null, server, null, null, null, null));
  }

  public Target collection(String name) {
    return targets.create(
        new NewTarget(TargetKind.CustomCollection, name, null, null, null, null, null));
  }

  public Job job(String name, String content, String credential, String target) {
    return jobs.create(
        new NewJob(
            name, null, List.of(NewJobStep.of(content, credential, target).build()), null, null));
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("edj-keys-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
