package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.postgresql.jdbc.PgResultSet;

/// How many rows of a result are fetched from PostgreSQL at a time, of which its driver holds all
/// in memory: as many as make about a megabyte, judged by the rows before them, and fewer where a
/// row can be of any width, because the next one may be. The other engines' drivers read row by
/// row.
///
/// The driver's own limit is no use: it counts the bytes of all portions of a session, and never
/// begins anew.
public final class Portions {

  /// How many are fetched before anything is known of them.
  public static final int FIRST = 8;

  private static final int MOST_ROWS = 1_000;
  private static final int MOST_ROWS_OF_ANY_WIDTH = 200;
  private static final int MOST_BYTES = 1 << 20;

  /// Of all rows of a portion, if each were as wide as it can be.
  private static final long MOST_BYTES_AT_WORST = 16 << 20;

  private static final int BYTES_OF_A_CHARACTER = 4;

  /// So many times more than in the portion before, at most.
  private static final int GROWTH = 8;

  /// What a value takes beside its bytes.
  private static final int PER_VALUE = 24;

  private final ResultSet rows;
  private final boolean inPortions;
  private final int columns;
  private final int most;
  private int portion = FIRST;
  private int seen;
  private long widest = 1;

  private Portions(ResultSet rows) throws SQLException {
    this.rows = rows;
    this.inPortions = rows instanceof PgResultSet;
    this.columns = rows.getMetaData().getColumnCount();
    this.most = inPortions ? most(rows.getMetaData()) : MOST_ROWS;
  }

  private static int most(ResultSetMetaData about) throws SQLException {
    long widest = 1;
    for (int column = 1; column <= about.getColumnCount(); column++) {
      int characters = about.getPrecision(column);
      if (characters > 0) {
        widest += (long) characters * BYTES_OF_A_CHARACTER;
      } else if (!about.getColumnTypeName(column).equals("uuid")) {
        return MOST_ROWS_OF_ANY_WIDTH;
      }
    }
    return Math.clamp(MOST_BYTES_AT_WORST / widest, MOST_ROWS_OF_ANY_WIDTH, MOST_ROWS);
  }

  public static Portions of(ResultSet rows) throws SQLException {
    return new Portions(rows);
  }

  /// Goes to the next row, for those who do not look at its values.
  public boolean next() throws SQLException {
    if (!rows.next()) {
      return false;
    }
    if (inPortions) {
      add(width());
    }
    return true;
  }

  private long width() throws SQLException {
    long width = 0;
    for (int column = 1; column <= columns; column++) {
      byte[] value = rows.getBytes(column);
      width += value == null ? 0 : value.length;
    }
    return width;
  }

  /// Tells how many bytes the current row has.
  public void add(long width) throws SQLException {
    widest = Math.max(widest, width + (long) columns * PER_VALUE);
    seen++;
    if (inPortions && seen == portion) {
      portion = Math.clamp(MOST_BYTES / widest, 1, Math.min(most, portion * GROWTH));
      rows.setFetchSize(portion);
      seen = 0;
      widest /= 2; // so that one wide row is forgotten
      widest++;
    }
  }
}
