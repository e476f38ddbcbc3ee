package dev.edj.files.declaration;

import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A target in a file: [NewTarget], with the members of a collection, and with what single
/// databases carry.
///
/// @param settings null, and null in them, leaves what the server has
/// @param children null leaves those that the collection has
/// @param values null leaves those that the databases have
public record TargetDeclaration(
    TargetKind kind,
    @Nullable String name,
    @Nullable String server,
    @Nullable String database,
    @Nullable String credential,
    @Nullable Boolean includeSystemDatabases,
    @Nullable ServerSettingsChange settings,
    @Nullable String shardMap,
    @Nullable List<String> namePatterns,
    @Nullable List<String> excludePatterns,
    @Nullable String pool,
    @Nullable List<ChildDeclaration> children,
    @Nullable List<ValuesDeclaration> values) {

  /// The target alone.
  public NewTarget target() {
    return new NewTarget(
        kind,
        name,
        server,
        database,
        credential,
        includeSystemDatabases,
        settings,
        shardMap,
        namePatterns,
        excludePatterns,
        pool);
  }
}
