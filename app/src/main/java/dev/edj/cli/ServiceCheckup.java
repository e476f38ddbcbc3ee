package dev.edj.cli;

import dev.edj.audit.Verification;
import dev.edj.credential.Credential;
import dev.edj.credential.ShownCertificate;
import dev.edj.doctor.CertificateProbe;
import dev.edj.doctor.Condition;
import dev.edj.doctor.Expiry;
import dev.edj.doctor.Finding;
import dev.edj.doctor.Skew;
import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.node.NodeLifecycle;
import dev.edj.node.NodeRole;
import dev.edj.node.ServiceNode;
import dev.edj.security.KeyRotation;
import dev.edj.security.KnownKey;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Resolution;
import dev.edj.target.ServerFacts;
import dev.edj.target.Target;
import dev.edj.text.ShellWord;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the running service says of itself, as far as whoever asks may see it.
///
/// @param machine the settings that this machine was examined with; null when it was not
/// @param required whether there has to be a service
/// @param targets how many of them are asked for their databases
/// @param jobs those that are checked
record ServiceCheckup(
    Session session,
    @Nullable ServiceSettings machine,
    boolean required,
    int targets,
    List<String> jobs) {

  private static final int HTTPS_PORT = 443;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration JOB_PATIENCE = Duration.ofMinutes(10);

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    ApiClient api = findService(findings);
    if (api != null) {
      findings.addAll(tried("nodes", () -> nodes(api)));
      findings.addAll(tried("service-keys", () -> keys(api)));
      findings.addAll(tried("credential-certificate", () -> clientCertificates(api)));
      findings.addAll(tried("audit-log", () -> List.of(auditLog(api))));
      findings.addAll(tried("targets", () -> targets(api)));
      jobs.forEach(job -> findings.addAll(tried("job", () -> List.of(job(job, api)))));
    }
    return findings;
  }

  /// Null when there is none that answers and lets in.
  private @Nullable ApiClient findService(List<Finding> findings) {
    ServiceAddress address;
    try {
      address = session.serviceFinder().find();
    } catch (CommandException e) {
      findings.add(
          required || e.exitCode() != ExitCode.UNAVAILABLE
              ? Finding.error("service", e.text(), "Name it with --url or EDJ_URL.")
              : Finding.skipped("service", "none runs with this data directory"));
      return null;
    }
    certificate(address).ifPresent(findings::add);
    try {
      ApiClient api = new ApiClient(address);
      JsonNode service = api.get(JsonNode.class, ApiPath.of("service")).json();
      findings.addAll(service(service, address));
      return api;
    } catch (CommandException e) {
      findings.add(
          e.exitCode() == ExitCode.NOT_ALLOWED
              ? Finding.error(
                  "service", e.text(), "Sign in with 'edj sign-in'; a Reader sees enough.")
              : Finding.error(
                  "service",
                  e.text(),
                  "Look at its log: journalctl -u edj, or where 'edj serve' writes."));
      return null;
    }
  }

  /// What is shown at the door, which may be a proxy's. It is looked at first: one that expired
  /// lets nobody in.
  private Optional<Finding> certificate(ServiceAddress address) {
    URI url = address.url();
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return Optional.empty();
    }
    String check = "service-certificate";
    try {
      return Optional.of(
          new Expiry(
                  check,
                  "the certificate of " + url,
                  "Give whatever encrypts there, the proxy mostly, another one.")
              .of(
                  CertificateProbe.ofTls(
                      url.getHost(), url.getPort() < 0 ? HTTPS_PORT : url.getPort()),
                  now()));
    } catch (IOException e) {
      return Optional.of(
          Finding.skipped(check, "%s did not show it: %s".formatted(url, e.getMessage())));
    }
  }

  private Instant now() {
    return session.terminal().clock().instant();
  }

  private List<Finding> service(JsonNode service, ServiceAddress address) {
    List<Finding> findings = new ArrayList<>();
    String version = service.path("version").asString();
    JsonNode database = service.path("controlDatabase");
    boolean embedded = database.path("embedded").asBoolean();
    findings.add(
        database.path("available").asBoolean()
            ? Finding.ok(
                "service",
                "EDJ %s at %s, with %s control database"
                    .formatted(version, address, embedded ? "its own" : "a shared"))
            : Finding.error(
                "service",
                "EDJ %s at %s has lost its control database".formatted(version, address),
                "See that PostgreSQL runs and has room on its disk; nodes find it again by"
                    + " themselves."));
    String here = Version.number();
    if (here != null && !version.equals(here)) {
      findings.add(
          Finding.warning(
              "service-version",
              "the service is EDJ %s, and this is %s".formatted(version, here),
              "Upgrade the older one (docs/how-to/upgrade.md)."));
    }
    if (machine != null && machine.controlDatabase() == null && !embedded) {
      findings.add(
          Finding.warning(
              "settings",
              "this service has a shared control database, which was not examined: its address is"
                  + " in the service's variables, and not in yours",
              "Run the doctor with them: set -a; . /etc/edj/environment; set +a; edj doctor"));
    }
    return findings;
  }

  /// One failure does not hide what else can be found out.
  private static List<Finding> tried(String check, Supplier<List<Finding>> examination) {
    try {
      return examination.get();
    } catch (CommandException e) {
      return e.exitCode() == ExitCode.NOT_ALLOWED
          ? List.of(Finding.skipped(check, e.text()))
          : List.of(Finding.error(check, e.text(), "See the log of the service for more."));
    }
  }

  private static List<Finding> nodes(ApiClient api) {
    List<ServiceNode> nodes = api.list(ServiceNode.class, ApiPath.of("nodes")).value();
    List<ServiceNode> alive = nodes.stream().filter(node -> node.lifecycle().alive()).toList();
    List<Finding> findings = new ArrayList<>();
    for (NodeRole role : NodeRole.values()) {
      if (alive.stream().noneMatch(node -> node.roles().contains(role))) {
        findings.add(
            Finding.error(
                "nodes",
                "no node with the role %s is alive".formatted(role.text()),
                "Start one: edj serve --roles %s.".formatted(role.text())));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("nodes", "%d alive: %s".formatted(alive.size(), names(alive))));
    }
    findings.addAll(trouble(nodes, alive));
    return findings;
  }

  private static List<Finding> trouble(List<ServiceNode> nodes, List<ServiceNode> alive) {
    List<Finding> findings = new ArrayList<>();
    List<ServiceNode> lost = in(NodeLifecycle.Lost, nodes);
    if (!lost.isEmpty()) {
      findings.add(
          Finding.warning(
              "nodes-lost",
              "%s went without a word within a day".formatted(names(lost)),
              "Look at their logs and machines; their work went on elsewhere."));
    }
    List<ServiceNode> draining = in(NodeLifecycle.Draining, nodes);
    if (!draining.isEmpty()) {
      findings.add(
          Finding.warning(
              "nodes-draining",
              "%s take nothing new".formatted(names(draining)),
              "When that is done with: edj node resume NODE."));
    }
    Set<String> versions =
        alive.stream().map(ServiceNode::version).collect(Collectors.toCollection(TreeSet::new));
    if (versions.size() > 1) {
      findings.add(
          Finding.warning(
              "nodes-versions",
              "nodes of several versions are alive: " + String.join(", ", versions),
              "End the upgrade that was begun (docs/how-to/upgrade.md)."));
    }
    findings.add(clocks(alive));
    return findings;
  }

  /// As each said at its last sign of life.
  private static Finding clocks(List<ServiceNode> alive) {
    String check = "nodes-clocks";
    String wrong =
        alive.stream()
            .filter(node -> skew(node).isWrong())
            .map(node -> "that of %s is %s it".formatted(node.name(), skew(node).text()))
            .collect(Collectors.joining(", "));
    return wrong.isEmpty()
        ? Finding.ok(check, "they agree with the control database's")
        : Finding.warning(
            check,
            "the control database's clock is the one that counts, and "
                + wrong
                + "; certificates, tokens and logs go by the node's own",
            "Have the clocks of all machines kept right by NTP (timedatectl set-ntp true).");
  }

  /// Nodes of a version that does not tell it count as right.
  private static Skew skew(ServiceNode node) {
    return new Skew(Objects.requireNonNullElse(node.clockAhead(), Duration.ZERO));
  }

  private static List<ServiceNode> in(NodeLifecycle lifecycle, List<ServiceNode> nodes) {
    return nodes.stream().filter(node -> node.lifecycle() == lifecycle).toList();
  }

  private static String names(List<ServiceNode> nodes) {
    return nodes.stream().map(ServiceNode::name).collect(Collectors.joining(", "));
  }

  private static List<Finding> keys(ApiClient api) {
    List<KnownKey> keys = api.list(KnownKey.class, ApiPath.of("encryption-keys")).value();
    List<Finding> findings = new ArrayList<>();
    for (KnownKey key : keys) {
      if (!key.missingOn().isEmpty()) {
        findings.add(
            Finding.error(
                "service-keys",
                "key %s (%d passwords) is missing on %s"
                    .formatted(key.keyId(), key.credentials(), String.join(", ", key.missingOn())),
                "Give these nodes the key (docs/reference/credentials.md, private keys)."));
      }
    }
    unfinishedRotation(api).ifPresent(findings::add);
    return findings.isEmpty()
        ? List.of(Finding.ok("service-keys", "every node that decrypts has every key"))
        : findings;
  }

  private static Optional<Finding> unfinishedRotation(ApiClient api) {
    try {
      KeyRotation rotation =
          api.get(KeyRotation.class, ApiPath.of("encryption-keys", "rotation")).value();
      if (rotation.endedAt() != null) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.warning(
              "key-rotation",
              "the rotation of %s is not at its end; it waits for %s"
                  .formatted(
                      rotation.requestedAt(),
                      Objects.requireNonNullElse(rotation.waitingFor(), "its turn")),
              "Do that; 'edj key rotate' says how far it is."));
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<Finding> clientCertificates(ApiClient api) {
    List<Finding> findings = new ArrayList<>();
    for (Credential credential : api.list(Credential.class, ApiPath.of("credentials")).value()) {
      ShownCertificate certificate = credential.clientCertificate();
      if (certificate != null) {
        findings.add(
            new Expiry(
                    "credential-certificate",
                    "the client certificate of credential '%s'".formatted(credential.name()),
                    "Give it another one: edj credential update %s --client-certificate FILE"
                        .formatted(ShellWord.of(credential.name())))
                .of(certificate, now()));
      }
    }
    List<Finding> urgent = findings.stream().filter(one -> !one.is(Condition.OK)).toList();
    return urgent.isEmpty() && !findings.isEmpty()
        ? List.of(
            Finding.ok(
                "credential-certificate",
                "%d client certificates, all good for longer than a month"
                    .formatted(findings.size())))
        : urgent;
  }

  private static Finding auditLog(ApiClient api) {
    Verification log =
        api.get(Verification.class, ApiPath.of("audit", "verification"), PATIENCE).value();
    return log.intact()
        ? Finding.ok("audit-log", "%,d events, none changed or removed".formatted(log.events()))
        : Finding.error(
            "audit-log",
            "somebody touched it: " + String.join("; ", log.problems()),
            "Keep what is there, and find out who logs in to the control database as its owner"
                + " (docs/reference/audit.md).");
  }

  /// Those with a credential of their own; databases that are named singly have their jobs' one,
  /// and are looked at by `--job`. One for each server first, so that few say much.
  private List<Finding> targets(ApiClient api) {
    if (targets == 0) {
      return List.of(Finding.skipped("targets", "none was asked for (--targets 0)"));
    }
    List<Target> all =
        api.list(Target.class, ApiPath.of("targets")).value().stream()
            .filter(target -> target.credential() != null)
            .toList();
    if (all.isEmpty()) {
      return List.of(
          Finding.skipped(
              "targets", "no server, pool or shard map has a credential; --job checks databases"));
    }
    Set<String> servers = new HashSet<>();
    List<Target> firsts =
        all.stream().filter(target -> servers.add(String.valueOf(target.server()))).toList();
    return Stream.concat(firsts.stream(), all.stream().filter(target -> !firsts.contains(target)))
        .limit(targets)
        .flatMap(target -> target(target, api).stream())
        .toList();
  }

  private List<Finding> target(Target target, ApiClient api) {
    Finding databases = databases(target, api);
    if (!databases.is(Condition.OK)) {
      return List.of(databases);
    }
    List<Finding> findings = new ArrayList<>(List.of(databases));
    facts(target, api).ifPresent(facts -> findings.addAll(server(facts)));
    return findings;
  }

  private static Finding databases(Target target, ApiClient api) {
    try {
      Resolution found =
          api.get(
                  Resolution.class,
                  ApiPath.of("targets", target.id().toString(), "databases"),
                  PATIENCE)
              .value();
      return Finding.ok(
          "target",
          "%s: logged in as '%s', %d databases"
              .formatted(target.name(), target.credential(), found.databases().size()));
    } catch (CommandException e) {
      return Finding.error(
          "target",
          "%s: %s".formatted(target.name(), e.text()),
          "See that the server runs, its name resolves on the nodes, its certificate is trusted"
              + " (docs/reference/targets.md), and the credential's password is right.");
    }
  }

  /// Empty where the service is of a version that does not tell.
  private static Optional<ServerFacts> facts(Target target, ApiClient api) {
    try {
      return Optional.of(
          api.get(
                  ServerFacts.class,
                  ApiPath.of("targets", target.id().toString(), "server"),
                  PATIENCE)
              .value());
    } catch (CommandException e) {
      return Optional.empty();
    }
  }

  private List<Finding> server(ServerFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.certificate() != null) {
      findings.add(
          new Expiry(
                  "target-certificate",
                  "the certificate of server " + facts.server(),
                  "Have whoever runs the server give it another one.")
              .of(facts.certificate(), now()));
    }
    Skew skew = new Skew(facts.clockAhead());
    if (skew.isWrong()) {
      findings.add(
          Finding.warning(
              "target-clock",
              "the clock of server %s is %s the control database's: what scripts write down as the"
                      .formatted(facts.server(), skew.text())
                  + " time is not what EDJ says of them",
              "Have both kept right by NTP."));
    }
    return findings;
  }

  private Finding job(String name, ApiClient api) {
    JobExecution check =
        api.post(
                JobExecution.class,
                ApiPath.of("jobs", name, "start"),
                new NewExecution(null, null, Purpose.Check))
            .value();
    JobExecution ended =
        new ExecutionWatch(api, session.terminal()).untilEnded(check, JOB_PATIENCE).value();
    Counts counts = Objects.requireNonNullElse(ended.children(), Counts.NONE);
    return counts.total() == 0 ? withoutDatabases(name, ended) : onDatabases(name, ended, counts);
  }

  /// It came to none, or its target has none.
  private static Finding withoutDatabases(String name, JobExecution ended) {
    return ended.lifecycle().succeeded()
        ? Finding.warning(
            "job",
            "%s has no database to run on".formatted(name),
            "edj job show %s names its target; edj target resolve says what is in it."
                .formatted(ShellWord.of(name)))
        : Finding.error(
            "job",
            "%s could not begin: %s".formatted(name, ended.message()),
            "edj execution show %s says more.".formatted(ended.id()));
  }

  private static Finding onDatabases(String name, JobExecution ended, Counts counts) {
    String message =
        "%s could run on %d of %d databases".formatted(name, counts.succeeded(), counts.total());
    return ended.lifecycle().succeeded()
        ? Finding.ok("job", message)
        : Finding.error(
            "job",
            message,
            "edj execution children %s --lifecycle Failed says why not on the others."
                .formatted(ended.id()));
  }
}
