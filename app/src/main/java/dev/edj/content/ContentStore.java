package dev.edj.content;

import dev.edj.problem.NameSearch;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Contents and their versions in the control database. Those that were made for one query are not
/// found.
@RegisterConstructorMapper(Content.class)
@RegisterConstructorMapper(ContentVersion.class)
interface ContentStore {

  @SqlUpdate(
      """
      WITH created AS (
        INSERT INTO content (name, kind, latest_version) VALUES (:name, 'Script', 1)
        RETURNING content_id)
      INSERT INTO content_version (content_id, version, text, sha256, comment)
      SELECT content_id, 1, :text, :sha256, :comment FROM created
      """)
  void insert(String name, String text, String sha256, String comment);

  /// One of `sha256` and `uri` is there.
  @SqlUpdate(
      """
      WITH created AS (
        INSERT INTO content (name, kind, latest_version) VALUES (:name, 'Dacpac', 1)
        RETURNING content_id)
      INSERT INTO content_version (content_id, version, kind, package_sha256, package_uri, comment)
      SELECT content_id, 1, 'Dacpac', CAST(:sha256 AS text), CAST(:uri AS text), :comment FROM created
      """)
  void insertDacpac(String name, @Nullable String sha256, @Nullable String uri, String comment);

  /// Makes a content that nobody finds; returns its id.
  @SqlQuery(
      """
      WITH created AS (
        INSERT INTO content (name, kind, latest_version, ad_hoc) VALUES (:name, 'Script', 1, true)
        RETURNING content_id)
      INSERT INTO content_version (content_id, version, text, sha256)
      SELECT content_id, 1, :text, :sha256 FROM created
      RETURNING content_id
      """)
  long insertAdHoc(String name, String text, String sha256);

  /// The update locks the content's row, so that each of several callers gets a number of its own.
  ///
  /// @return the new version's number; nothing when there is no such script, or another newest
  ///   version than expected
  @SqlQuery(
      """
      WITH numbered AS (
        UPDATE content SET latest_version = latest_version + 1, updated_at = now()
        WHERE name = :name AND kind = 'Script' AND NOT ad_hoc
          AND latest_version = COALESCE(CAST(:expected AS int), latest_version)
        RETURNING content_id, latest_version)
      INSERT INTO content_version (content_id, version, text, sha256, comment)
      SELECT content_id, latest_version, :text, :sha256, :comment FROM numbered
      RETURNING version
      """)
  Optional<Integer> insertVersion(
      String name, String text, String sha256, String comment, @Nullable Integer expected);

  /// The same for a package, of which one of `sha256` and `uri` is there.
  @SqlQuery(
      """
      WITH numbered AS (
        UPDATE content SET latest_version = latest_version + 1, updated_at = now()
        WHERE name = :name AND kind = 'Dacpac' AND NOT ad_hoc
          AND latest_version = COALESCE(CAST(:expected AS int), latest_version)
        RETURNING content_id, latest_version)
      INSERT INTO content_version (content_id, version, kind, package_sha256, package_uri, comment)
      SELECT content_id, latest_version, 'Dacpac', CAST(:sha256 AS text), CAST(:uri AS text), :comment FROM numbered
      RETURNING version
      """)
  Optional<Integer> insertDacpacVersion(
      String name,
      @Nullable String sha256,
      @Nullable String uri,
      String comment,
      @Nullable Integer expected);

  /// Keeps it from being deleted, changed, and used by more jobs.
  @SqlQuery(
      """
      SELECT content_id FROM content WHERE name = :name AND NOT ad_hoc FOR UPDATE
      """)
  Optional<Long> lock(String name);

  @SqlQuery(
      """
      SELECT name, kind, latest_version, created_at, updated_at FROM content
      WHERE name = :name AND NOT ad_hoc
      """)
  Optional<Content> find(String name);

  @SqlQuery(
      """
      SELECT name, kind, latest_version, created_at, updated_at FROM content
      WHERE NOT ad_hoc
      ORDER BY name
      """)
  List<Content> list();

  /// A page of them, by name.
  @SqlQuery(
      """
      SELECT name, kind, latest_version, created_at, updated_at FROM content
      WHERE NOT ad_hoc
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0)
        AND (CAST(:after AS text) IS NULL OR name > :after)
      ORDER BY name
      LIMIT :limit
      """)
  List<Content> search(@BindMethods NameSearch search);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM content
      WHERE position(lower(:text) IN lower(name)) > 0 AND NOT ad_hoc
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);

  String VERSIONS_WITHOUT_TEXT =
      """
      SELECT c.name AS content, v.kind, v.version, v.comment, coalesce(v.sha256, v.package_sha256) AS sha256,
        coalesce(v.length, p.size) AS length, v.created_at, NULL AS text, p.name AS dacpac_name,
        p.version AS dacpac_version, v.package_uri AS dacpac_uri
      FROM content c JOIN content_version v USING (content_id) LEFT JOIN package p ON p.sha256 = v.package_sha256
      WHERE c.name = :name AND NOT c.ad_hoc
      """;

  @SqlQuery(VERSIONS_WITHOUT_TEXT + "ORDER BY v.version")
  List<ContentVersion> versions(String name);

  /// A version without its text.
  @SqlQuery(VERSIONS_WITHOUT_TEXT + "AND v.version = :number")
  Optional<ContentVersion> findSummary(String name, int number);

  @SqlQuery(
      """
      SELECT c.name AS content, v.kind, v.version, v.comment, coalesce(v.sha256, v.package_sha256) AS sha256,
        coalesce(v.length, p.size) AS length, v.created_at, v.text, p.name AS dacpac_name,
        p.version AS dacpac_version, v.package_uri AS dacpac_uri
      FROM content c JOIN content_version v USING (content_id) LEFT JOIN package p ON p.sha256 = v.package_sha256
      WHERE c.name = :name AND v.version = COALESCE(CAST(:number AS int), c.latest_version) AND NOT c.ad_hoc
      """)
  Optional<ContentVersion> findVersion(String name, @Nullable Integer number);

  @SqlUpdate(
      """
      DELETE FROM content WHERE name = :name AND NOT ad_hoc
      """)
  int delete(String name);

  @SqlQuery(
      """
      SELECT DISTINCT j.name
      FROM content c JOIN job_step s USING (content_id) JOIN job j USING (job_id)
      WHERE c.name = :name
      ORDER BY j.name
      """)
  List<String> jobs(String name);
}
