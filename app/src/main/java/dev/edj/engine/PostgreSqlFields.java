package dev.edj.engine;

import java.sql.Types;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;
import org.postgresql.jdbc.FieldMetadata;

/// Keeps the driver from asking the catalog about the columns of a result: it would send those
/// queries into the middle of the answer that whoever receives the rows stands in.
final class PostgreSqlFields {

  private final TypeInfo types;
  private final Set<Integer> known = new HashSet<>();

  PostgreSqlFields(TypeInfo types) {
    this.types = types;
    for (Iterator<Integer> oids = types.getPGTypeOidsWithSQLTypes(); oids.hasNext(); ) {
      known.add(oids.next());
    }
  }

  /// Tells the driver what it would ask for: a name of every type, its own where that matters and a
  /// number for all others, which are read as text; and that no more is to be known of a column.
  void complete(Field[] fields) {
    for (Field field : fields) {
      if (known.add(field.getOID())) {
        types.addCoreType(name(field.getOID()), field.getOID(), Types.OTHER, "none", 0);
      }
      if (field.getMetadata() == null) {
        field.setMetadata(new FieldMetadata(field.getColumnLabel()));
      }
    }
  }

  private static String name(int oid) {
    return switch (oid) {
      case Oid.UUID -> "uuid";
      case Oid.XML -> "xml";
      default -> "type " + Integer.toUnsignedLong(oid);
    };
  }
}
