package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
import java.util.List;

/// Indexes that are no constraints, and how all of them are stored.
final class Indexes {

  private static final String ON = "IndexedObject";

  static final ElementRule INDEX =
      storage(ElementRule.of("SqlIndex", "an index of a table or a view"))
          .properties("IsUnique", "IsClustered", "FilterPredicate")
          .relationships(ON, KeyColumns.SPECIFICATIONS, "IncludedColumns", "BodyDependencies")
          .harmless(Kind.ANNOTATION, Reasons.DECLARED_INLINE, "SqlInlineIndexAnnotation");

  static final List<Handled> HANDLED = List.of(new Handled(INDEX, Indexes::index));

  private Indexes() {}

  static ElementRule storage(ElementRule rule) {
    return rule.properties("FillFactor", "IsPadded", "DoRecomputeStatistics")
        .relationships(Placement.FILEGROUP)
        .refused(Kind.RELATIONSHIP, "data compression", "DataCompressionOptions")
        .refused(Kind.RELATIONSHIP, "partitions", "PartitionScheme", "PartitionColumn");
  }

  static IndexOptions options(Reading reading) throws Refusal {
    Placement.check(reading, Placement.FILEGROUP);
    return new IndexOptions(
        reading.findNumber("FillFactor", 0, 100).orElse(IndexOptions.DEFAULT.fillFactor()),
        reading.flag("IsPadded", IndexOptions.DEFAULT.padded()),
        reading.flag("DoRecomputeStatistics", IndexOptions.DEFAULT.recomputeStatistics()));
  }

  private static Index index(Reading reading) throws Refusal {
    ObjectName on = Constraints.nameOf(reading.target(ON, "SqlTable", "SqlView"));
    reading.nameWithin(on);
    return new Index(
        reading.name(on.parts().size() + 1),
        on,
        reading.flag("IsUnique", false),
        reading.flag("IsClustered", false),
        KeyColumns.of(reading, on),
        KeyColumns.named(reading, "IncludedColumns", on),
        reading.findText("FilterPredicate").orElse(null),
        options(reading),
        reading.dependencies("BodyDependencies"));
  }
}
