package dev.edj.parameter;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Rows with secret parameters, of whichever table. They are told apart by where they are: that
/// holds while they are locked, and serves tables with different keys.
@RegisterConstructorMapper(SecretCarrier.class)
interface SecretRenewalStore {

  @SqlQuery(
      """
      SELECT CAST(c.ctid AS text) AS place, CAST(c.parameters AS text) AS parameters, false AS renewed
      FROM <carrier> c
      WHERE c.parameters IS NOT NULL
        AND c.ctid > CAST(:after AS tid)
        AND EXISTS (
          SELECT FROM jsonb_each(c.parameters) p
          WHERE p.value ->> 'keyId' <> :keyId)
      ORDER BY c.ctid
      LIMIT :limit
      FOR UPDATE
      """)
  List<SecretCarrier> underOtherKeys(
      @Define("carrier") String carrier, String keyId, String after, int limit);

  @SqlUpdate(
      """
      UPDATE <carrier> SET parameters = CAST(:parameters AS jsonb) WHERE ctid = CAST(:place AS tid)
      """)
  void replace(@Define("carrier") String carrier, String place, String parameters);
}
