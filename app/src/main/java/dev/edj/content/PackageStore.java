package dev.edj.content;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Packages in the control database.
interface PackageStore {

  @SqlQuery("SELECT file FROM package WHERE sha256 = :sha256")
  Optional<byte[]> file(String sha256);

  /// Those that nothing refers to any more. They stay for a while, so that one that somebody brings
  /// again need not come again.
  @SqlUpdate(
      """
      DELETE FROM package p
      WHERE p.used_at < now() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM content_version v WHERE v.package_sha256 = p.sha256)
        AND NOT EXISTS (SELECT FROM step_execution s WHERE s.package_sha256 = p.sha256)
      """)
  void removeUnused();
}
