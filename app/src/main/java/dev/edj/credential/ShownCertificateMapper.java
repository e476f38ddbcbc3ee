package dev.edj.credential;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads what is shown of a client certificate from its PEM; public because Jdbi makes it.
public final class ShownCertificateMapper implements ColumnMapper<ShownCertificate> {

  @Override
  public @Nullable ShownCertificate map(ResultSet row, int column, StatementContext context)
      throws SQLException {
    String pem = row.getString(column);
    return pem == null ? null : ShownCertificate.of(pem);
  }
}
