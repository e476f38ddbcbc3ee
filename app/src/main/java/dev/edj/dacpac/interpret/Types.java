package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.DataType;
import java.util.List;

/// Types that are built-in ones by another name.
final class Types {

  static final ElementRule ALIAS =
      ElementRule.of("SqlUserDefinedDataType", "a built-in type by another name")
          .properties("Length", "IsMax", "Precision", "Scale", "IsNullable")
          .relationships("Type", Names.SCHEMA);

  static final List<Handled> HANDLED = List.of(new Handled(ALIAS, Types::alias));

  private Types() {}

  private static AliasType alias(Reading reading) throws Refusal {
    ObjectName name = Names.inSchema(reading);
    DataType base = DataTypes.of(reading);
    if (!base.builtIn()) {
      throw new Refusal("is of %s, which is not built in".formatted(base.name()));
    }
    return new AliasType(name, base, reading.flag("IsNullable", true));
  }
}
