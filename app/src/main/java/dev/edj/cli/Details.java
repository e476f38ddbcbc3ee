package dev.edj.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One object, a property a line; what has no value is left out. Built by one thread.
final class Details {

  private final List<Line> lines = new ArrayList<>();

  Details line(String name, @Nullable Object value) {
    Cell cell = Cell.of(value);
    if (!cell.text().isEmpty()) {
      lines.add(new Line(name, cell));
    }
    return this;
  }

  String render(boolean colours) {
    int width = lines.stream().mapToInt(line -> TextWidth.of(line.name)).max().orElse(0) + 2;
    return lines.stream()
        .map(line -> line.render(width, colours))
        .collect(Collectors.joining("\n"));
  }

  private record Line(String name, Cell value) {

    String render(int width, boolean colours) {
      String label = name + " ".repeat(width - TextWidth.of(name));
      String text = value.text().stripTrailing().replace("\n", "\n" + " ".repeat(width));
      return Style.FAINT.apply(label, colours) + value.style().apply(text, colours);
    }
  }
}
