package dev.edj.cli;

import dev.edj.dacpac.PackageSummary;

/// What `edj dacpac inspect` says of a package.
final class PackageView {

  private PackageView() {}

  static Details details(PackageSummary summary) {
    return new Details()
        .line("Package", TextWidth.withoutControls(summary.name()))
        .line("Version", TextWidth.withoutControls(summary.version()))
        .line("Description", TextWidth.withoutControls(summary.description()))
        .line("Made for", summary.platform())
        .line("Made by", TextWidth.withoutControls(summary.product()))
        .line("Model", "SHA-256 " + summary.modelSha256())
        .line("Variables", TextWidth.withoutControls(String.join(", ", summary.variables())))
        .line("Scripts", summary.scripts())
        .line("Renames", TextWidth.withoutControls(String.join("; ", summary.renames())));
  }

  static Table elements(PackageSummary summary) {
    Table table = Table.of("ELEMENT", "COUNT");
    summary.elements().forEach(table::row);
    return table;
  }
}
