package dev.edj.dacpac;

import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.file.RefactorOperation.MoveToSchema;
import dev.edj.dacpac.file.RefactorOperation.Rename;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What there is to be said of a package, without what is in its model.
///
/// @param platform for which it was made: `SQL Server 2019`
/// @param modelSha256 of model.xml
/// @param elements how many elements of each type stand in the model itself; what belongs to one of
///   them, such as a table's columns, is not counted
/// @param renames in the order in which they are done
public record PackageSummary(
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

  public static PackageSummary of(Dacpac opened) {
    Map<String, Integer> elements = new TreeMap<>();
    opened.model().elements().forEach(element -> elements.merge(element.type(), 1, Integer::sum));
    return new PackageSummary(
        opened.name(),
        opened.version(),
        opened.description(),
        opened.platform().title(),
        opened.product(),
        opened.modelSha256(),
        opened.variables(),
        opened.preDeployment() != null,
        opened.postDeployment() != null,
        opened.refactorLog().stream().map(PackageSummary::sentence).toList(),
        elements);
  }

  private static String sentence(RefactorOperation operation) {
    return switch (operation.change()) {
      case Rename rename -> "%s to %s".formatted(operation.element(), rename.newName());
      case MoveToSchema move ->
          "%s to the schema %s".formatted(operation.element(), move.newSchema());
    };
  }

  /// When its scripts run; empty where it has none.
  public String scripts() {
    if (preDeployment && postDeployment) {
      return "before and after the deployment";
    }
    if (preDeployment) {
      return "before the deployment";
    }
    return postDeployment ? "after the deployment" : "";
  }
}
