package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;

/// The names of objects that are in a schema.
final class Names {

  static final String SCHEMA = "Schema";

  private Names() {}

  /// The name of an object, whose schema is to be the one that its element names.
  static ObjectName inSchema(Reading reading) throws Refusal {
    ObjectName name = reading.name(2);
    String schema = reading.plainName(SCHEMA, "SqlSchema");
    if (!reading.context().elements().nameRule().same(schema, name.parts().getFirst())) {
      throw new Refusal("is said to be in the schema %s".formatted(ObjectName.quoted(schema)));
    }
    return name;
  }
}
