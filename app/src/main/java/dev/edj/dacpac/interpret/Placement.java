package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Reference;

/// Where tables and indexes are stored. Only the primary filegroup, which every database has, is
/// handled; it is where everything goes that nobody places.
final class Placement {

  static final String FILEGROUP = "Filegroup";

  private static final String PRIMARY = "PRIMARY";

  private Placement() {}

  /// Refuses another filegroup, unless filegroups are left out.
  static void check(Reading reading, String... relationships) throws Refusal {
    for (String relationship : relationships) {
      if (reading.relates(relationship)) {
        check(reading, relationship, reading.reference(relationship));
      }
    }
  }

  private static void check(Reading reading, String relationship, Reference filegroup)
      throws Refusal {
    if (Reading.isBuiltIn(filegroup)
        && filegroup.name() != null
        && filegroup.name().last().equals(PRIMARY)) {
      return;
    }
    if (!reading.context().options().excludesElement("SqlFilegroup")) {
      throw new Refusal(
          "%s is %s; only the primary filegroup is supported (ExcludeObjectTypes=Filegroups leaves the others out)"
              .formatted(relationship, filegroup.name()));
    }
    reading
        .context()
        .leaveAlone("%s: the filegroup %s".formatted(reading.title(), filegroup.name()));
  }
}
