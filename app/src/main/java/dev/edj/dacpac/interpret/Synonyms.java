package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.Element.Reference;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Synonym;
import java.util.List;
import java.util.Optional;

/// Other names for objects.
final class Synonyms {

  private static final String TARGET = "ForObject";
  private static final String TARGET_TEXT = "ForObjectScript";
  private static final String NOT_FOUND = "UnresolvedEntity";
  private static final int LONGEST = 4;

  static final ElementRule SYNONYM =
      ElementRule.of("SqlSynonym", "another name for an object")
          .properties(TARGET_TEXT)
          .relationships(TARGET, Names.SCHEMA);

  static final List<Handled> HANDLED = List.of(new Handled(SYNONYM, Synonyms::synonym));

  private Synonyms() {}

  private static Synonym synonym(Reading reading) throws Refusal {
    ObjectName name = Names.inSchema(reading);
    Optional<String> text = reading.findText(TARGET_TEXT);
    ObjectName standsFor = text.isPresent() ? parsed(text.get()) : referred(reading);
    if (standsFor.parts().size() > LONGEST) {
      throw new Refusal("stands for %s, which is no object's name".formatted(standsFor));
    }
    reading.entries(TARGET);
    return new Synonym(name, standsFor);
  }

  private static ObjectName parsed(String text) throws Refusal {
    try {
      return ObjectName.parse(text.strip());
    } catch (DacpacException e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  /// Of something in another package, a reference does not tell the database.
  private static ObjectName referred(Reading reading) throws Refusal {
    Reference reference = reading.reference(TARGET);
    if (reference.source() != null && !reference.source().equals(NOT_FOUND)) {
      throw new Refusal("does not say in which database %s is".formatted(reference.name()));
    }
    if (reference.name() == null) {
      throw new Refusal("does not say what it stands for");
    }
    return reading.context().variables().in(reference.name());
  }
}
