package dev.edj.portal.target;

import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TlsMode;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettings;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.Target;
import dev.edj.target.TargetChange;
import dev.edj.target.TargetKind;
import dev.edj.text.Durations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A target as it is typed. Fields that its kind does not have are not looked at.
///
/// @param collection to put it into as soon as it is there; null for none
/// @param requiredLabels `key=value`, one on each line
record TargetForm(
    @Nullable String kind,
    @Nullable String name,
    @Nullable String server,
    @Nullable String database,
    @Nullable String shardMap,
    @Nullable String pool,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable String namePatterns,
    @Nullable String excludePatterns,
    @Nullable String collection,
    @Nullable String tls,
    @Nullable String trustedCertificate,
    @Nullable String pinnedCertificates,
    @Nullable Boolean md5,
    @Nullable Boolean clearText,
    @Nullable String connectTimeout,
    @Nullable String maxConnections,
    @Nullable String requiredLabels) {

  static TargetForm of(Target target) {
    ServerSettings settings = target.settings();
    return new TargetForm(
        target.kind().name(),
        target.name(),
        target.server(),
        target.database(),
        target.shardMap(),
        target.pool(),
        target.credential(),
        target.includeSystemDatabases(),
        String.join("\n", target.namePatterns()),
        String.join("\n", target.excludePatterns()),
        null,
        settings == null ? null : settings.tls().name(),
        settings == null ? null : settings.trustedCertificate(),
        settings == null ? null : String.join("\n", settings.pinnedCertificates()),
        settings == null ? null : settings.passwordMethods().contains(PasswordMethod.MD5),
        settings == null ? null : settings.passwordMethods().contains(PasswordMethod.CLEAR_TEXT),
        settings == null ? null : Durations.format(settings.connectTimeout()),
        settings == null ? null : Integer.toString(settings.maxConnections()),
        settings == null ? null : lines(settings.requiredLabels()));
  }

  /// A collection when nothing else is said: it is what most jobs are pointed at.
  public TargetKind targetKind() {
    return requireNonNullElse(
        new Typed("kind", kind).oneOf(TargetKind.class), TargetKind.CustomCollection);
  }

  NewTarget newTarget() {
    TargetKind target = targetKind();
    boolean onServer = target != TargetKind.CustomCollection;
    boolean lists = onServer && target != TargetKind.Database;
    boolean isServer = target == TargetKind.Server;
    return new NewTarget(
        target,
        Typed.stripped(name),
        onServer ? Typed.stripped(server) : null,
        target == TargetKind.Database || target == TargetKind.ShardMap
            ? Typed.stripped(database)
            : null,
        lists ? Typed.stripped(credential) : null,
        isServer ? Boolean.TRUE.equals(includeSystemDatabases) : null,
        isServer ? newSettings() : null,
        target == TargetKind.ShardMap ? Typed.stripped(shardMap) : null,
        isServer ? lines(namePatterns) : null,
        isServer ? lines(excludePatterns) : null,
        target == TargetKind.ElasticPool ? Typed.stripped(pool) : null);
  }

  TargetChange change(Target before) {
    boolean isServer = before.kind() == TargetKind.Server;
    boolean lists =
        before.kind() != TargetKind.CustomCollection && before.kind() != TargetKind.Database;
    if (Typed.stripped(name) == null) {
      throw EdjException.invalid("name", "must be given");
    }
    return new TargetChange(
        Typed.stripped(name),
        lists ? requireNonNullElse(Typed.stripped(credential), "") : null,
        isServer ? Boolean.TRUE.equals(includeSystemDatabases) : null,
        isServer ? settings() : null,
        isServer ? Typed.eachLine(namePatterns) : null,
        isServer ? Typed.eachLine(excludePatterns) : null);
  }

  /// Only what was typed: another target may have set the rest for the same server.
  private ServerSettingsChange newSettings() {
    Map<String, String> labels = labels();
    return new ServerSettingsChange(
        new Typed("tls", tls).oneOf(TlsMode.class),
        Typed.stripped(trustedCertificate),
        lines(pinnedCertificates),
        passwordMethods().isEmpty() ? null : passwordMethods(),
        new Typed("connectTimeout", connectTimeout).duration(),
        new Typed("maxConnections", maxConnections).wholeNumber(),
        labels.isEmpty() ? null : labels);
  }

  private ServerSettingsChange settings() {
    return new ServerSettingsChange(
        new Typed("tls", tls).oneOf(TlsMode.class),
        requireNonNullElse(trustedCertificate, ""),
        Typed.eachLine(pinnedCertificates),
        passwordMethods(),
        new Typed("connectTimeout", connectTimeout).duration(),
        new Typed("maxConnections", maxConnections).wholeNumber(),
        labels());
  }

  private List<PasswordMethod> passwordMethods() {
    List<PasswordMethod> methods = new ArrayList<>();
    if (Boolean.TRUE.equals(md5)) {
      methods.add(PasswordMethod.MD5);
    }
    if (Boolean.TRUE.equals(clearText)) {
      methods.add(PasswordMethod.CLEAR_TEXT);
    }
    return methods;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    new Typed("requiredLabels", requiredLabels)
        .pairs()
        .forEach((key, value) -> labels.put(key, value == null ? "" : value.strip()));
    return labels;
  }

  /// Null when nothing was typed.
  private static @Nullable List<String> lines(@Nullable String typed) {
    List<String> lines = Typed.eachLine(typed);
    return lines.isEmpty() ? null : lines;
  }

  private static String lines(SortedMap<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining("\n"));
  }
}
