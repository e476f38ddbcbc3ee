package dev.edj.dacpac.interpret;

import dev.edj.dacpac.model.Database;
import java.util.List;

/// What a package describes.
///
/// @param leftAlone what of the package is not deployed because the options say so, for people
public record Interpretation(Database database, List<String> leftAlone) {

  public Interpretation {
    leftAlone = List.copyOf(leftAlone);
  }
}
