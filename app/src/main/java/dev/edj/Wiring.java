package dev.edj;

import dev.edj.content.Contents;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.Credentials;
import dev.edj.credential.LoginSource;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.Jobs;
import dev.edj.policy.Policies;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Dialer;
import dev.edj.target.TargetResolver;
import dev.edj.target.Targets;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The object graph of the service, from its settings.
public final class Wiring implements AutoCloseable {

  private final @Nullable EmbeddedControlDatabase embedded;
  private final ControlDatabase controlDatabase;
  private final EncryptionKeys encryptionKeys;
  private final Credentials credentials;
  private final Contents contents;
  private final Policies policies;
  private final Targets targets;
  private final Jobs jobs;
  private final Executions executions;

  private Wiring(
      ServiceSettings settings,
      @Nullable EmbeddedControlDatabase embedded,
      ControlDatabase controlDatabase) {
    this.embedded = embedded;
    this.controlDatabase = controlDatabase;
    Jdbi jdbi = controlDatabase.jdbi();
    PrivateKeys privateKeys =
        PrivateKeys.open(settings.dataDirectory().resolve("encryption-keys.json"), jdbi);
    this.encryptionKeys = new EncryptionKeys(jdbi);
    this.credentials = new Credentials(jdbi, encryptionKeys);
    this.contents = new Contents(jdbi);
    this.policies = new Policies(jdbi);
    Dialer dialer = new Dialer(jdbi, new LoginSource(jdbi, privateKeys));
    this.targets = new Targets(jdbi, new TargetResolver(jdbi, dialer));
    this.jobs = new Jobs(jdbi);
    this.executions =
        new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
  }

  public static Wiring open(ServiceSettings settings) {
    ControlDatabaseAddress given = settings.controlDatabase();
    EmbeddedControlDatabase embedded =
        given == null
            ? EmbeddedControlDatabase.start(settings.dataDirectory().resolve("control-database"))
            : null;
    ControlDatabaseAddress address = embedded == null ? given : embedded.address();
    if (address == null) {
      throw new IllegalStateException("neither embedded nor given");
    }
    return new Wiring(
        settings, embedded, ControlDatabase.open(address, settings.controlDatabaseConnections()));
  }

  public ControlDatabase controlDatabase() {
    return controlDatabase;
  }

  public EncryptionKeys encryptionKeys() {
    return encryptionKeys;
  }

  public Credentials credentials() {
    return credentials;
  }

  public Contents contents() {
    return contents;
  }

  public Policies policies() {
    return policies;
  }

  public Targets targets() {
    return targets;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Executions executions() {
    return executions;
  }

  @Override
  public void close() {
    controlDatabase.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
