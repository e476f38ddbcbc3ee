package dev.edj.cli;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.file.RefactorOperation.MoveToSchema;
import dev.edj.dacpac.file.RefactorOperation.Rename;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `edj dacpac inspect` says of a package.
///
/// @param elements how many elements of each type stand in the model itself; what belongs to one of
///   them, such as a table's columns, is not counted
/// @param renames in the order in which they are done
record PackageView(
    String name,
    String version,
    String description,
    String platform,
    String product,
    String modelSha256,
    List<String> variables,
    boolean preDeployment,
    boolean postDeployment,
    List<String> renames,
    Map<String, Integer> elements) {

  static PackageView of(Dacpac opened) {
    Map<String, Integer> elements = new TreeMap<>();
    opened.model().elements().forEach(element -> elements.merge(element.type(), 1, Integer::sum));
    return new PackageView(
        opened.name(),
        opened.version(),
        opened.description(),
        opened.platform().title(),
        opened.product(),
        opened.modelSha256(),
        opened.variables(),
        opened.preDeployment() != null,
        opened.postDeployment() != null,
        opened.refactorLog().stream().map(PackageView::sentence).toList(),
        elements);
  }

  private static String sentence(RefactorOperation operation) {
    return switch (operation.change()) {
      case Rename rename -> "%s to %s".formatted(operation.element(), rename.newName());
      case MoveToSchema move ->
          "%s to the schema %s".formatted(operation.element(), move.newSchema());
    };
  }

  Details details() {
    return new Details()
        .line("Package", TextWidth.withoutControls(name))
        .line("Version", TextWidth.withoutControls(version))
        .line("Description", TextWidth.withoutControls(description))
        .line("Made for", platform)
        .line("Made by", TextWidth.withoutControls(product))
        .line("Model", "SHA-256 " + modelSha256)
        .line("Variables", TextWidth.withoutControls(String.join(", ", variables)))
        .line("Scripts", scripts())
        .line("Renames", TextWidth.withoutControls(String.join("; ", renames)));
  }

  private String scripts() {
    if (preDeployment && postDeployment) {
      return "before and after the deployment";
    }
    if (preDeployment) {
      return "before the deployment";
    }
    return postDeployment ? "after the deployment" : "";
  }

  Table elementTable() {
    Table table = Table.of("ELEMENT", "COUNT");
    elements.forEach(table::row);
    return table;
  }
}
