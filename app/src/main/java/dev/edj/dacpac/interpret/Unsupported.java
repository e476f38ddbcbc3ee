package dev.edj.dacpac.interpret;

import dev.edj.dacpac.plan.PublishOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Types of elements that are known, and not supported. A type that is not even known is refused
/// too.
final class Unsupported {

  private static final TreeMap<String, String> TITLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("SqlLogin", "a login belongs to the server, not to a database"),
              Map.entry("SqlFilegroup", "filegroups"),
              Map.entry("SqlAssembly", "code of the .NET runtime"),
              Map.entry("SqlAggregate", "code of the .NET runtime"),
              Map.entry("SqlUserDefinedType", "code of the .NET runtime"),
              Map.entry("SqlClrFunctionImplementation", "code of the .NET runtime"),
              Map.entry("SqlXmlIndex", "XML indexes"),
              Map.entry("SqlSelectiveXmlIndex", "XML indexes"),
              Map.entry("SqlXmlSchemaCollection", "XML schema collections"),
              Map.entry("SqlSpatialIndex", "spatial indexes"),
              Map.entry("SqlColumnStoreIndex", "columnstore indexes"),
              Map.entry("SqlFullTextIndex", "full-text search"),
              Map.entry("SqlFullTextCatalog", "full-text search"),
              Map.entry("SqlFullTextStopList", "full-text search"),
              Map.entry("SqlStatistic", "statistics"),
              Map.entry("SqlDatabaseDdlTrigger", "triggers of the database"),
              Map.entry("SqlServerDdlTrigger", "triggers of the server"),
              Map.entry("SqlEventSession", "event sessions"),
              Map.entry("SqlCertificate", "certificates and keys"),
              Map.entry("SqlSymmetricKey", "certificates and keys"),
              Map.entry("SqlAsymmetricKey", "certificates and keys"),
              Map.entry("SqlMasterKey", "certificates and keys"),
              Map.entry("SqlColumnMasterKey", "certificates and keys"),
              Map.entry("SqlColumnEncryptionKey", "certificates and keys"),
              Map.entry("SqlSignature", "signatures of modules"),
              Map.entry("SqlPartitionFunction", "partitions"),
              Map.entry("SqlPartitionScheme", "partitions"),
              Map.entry("SqlSecurityPolicy", "row-level security"),
              Map.entry("SqlExternalDataSource", "external tables and streams"),
              Map.entry("SqlExternalFileFormat", "external tables and streams"),
              Map.entry("SqlExternalTable", "external tables and streams"),
              Map.entry("SqlExternalStream", "external tables and streams"),
              Map.entry("SqlExternalStreamingJob", "external tables and streams"),
              Map.entry("SqlQueue", "Service Broker"),
              Map.entry("SqlService", "Service Broker"),
              Map.entry("SqlContract", "Service Broker"),
              Map.entry("SqlMessageType", "Service Broker"),
              Map.entry("SqlApplicationRole", "application roles"),
              Map.entry("SqlRule", "rules and defaults of their own"),
              Map.entry("SqlDefault", "rules and defaults of their own")));

  private Unsupported() {}

  /// Why elements of a type are refused, and what to do about it.
  static String fault(String type) {
    String title = TITLES.get(type);
    String why =
        title == null
            ? "elements of this type are not known"
            : type.equals("SqlLogin") ? title : "is not supported: " + title;
    return PublishOptions.exclusionOf(type)
        .map(exclusion -> "%s; ExcludeObjectTypes=%s leaves it out".formatted(why, exclusion))
        .orElse(why);
  }

  /// Titles by type, in the order of types.
  static Map<String, String> titles() {
    return TITLES;
  }

  static Optional<String> exclusion(String type) {
    return PublishOptions.exclusionOf(type);
  }
}
