package dev.edj.dacpac.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing in a model, as it is written: `<Element Type="SqlTable" Name="[dbo].[Orders]">`.
///
/// @param type such as `SqlTable`
/// @param name absent where the thing has none, such as a type's length or a constraint that the
///   server is to name
/// @param disambiguator a number of this file's own, by which references mean this one of several
///   with one name
/// @param properties by name, in the order of the file
/// @param relationships by name, in the order of the file
/// @param line of model.xml, from 1
public record Element(
    String type,
    @Nullable ObjectName name,
    @Nullable Integer disambiguator,
    Map<String, Property> properties,
    Map<String, List<Entry>> relationships,
    List<Annotation> annotations,
    int line) {

  /// What a relationship leads to.
  public sealed interface Entry {}

  /// Another element of the model, or something outside of it.
  ///
  /// @param source where that is: `BuiltIns`, or the name of a package that is referred to; absent
  ///   for this model's own
  /// @param name absent where only the disambiguator says what is meant
  public record Reference(
      @Nullable ObjectName name, @Nullable String source, @Nullable Integer disambiguator)
      implements Entry {}

  /// Something that the makers of the package did not find. It occurs among what a text depends on.
  public record Unresolved() implements Entry {}

  /// An element that is there for its owner alone, such as a table's column.
  public record Inline(Element element) implements Entry {}

  /// What a property says.
  ///
  /// @param value absent where the property is written without one, which means null
  /// @param script whether it is a text of T-SQL
  /// @param quotedIdentifiers what the script was written for; absent where the file does not say
  /// @param ansiNulls likewise
  public record Property(
      @Nullable String value,
      boolean script,
      @Nullable Boolean quotedIdentifiers,
      @Nullable Boolean ansiNulls) {}

  /// What the file says about an element beside the model.
  ///
  /// @param type such as `SysCommentsObjectAnnotation`
  public record Annotation(String type, Map<String, Property> properties) {}

  public Optional<Annotation> annotation(String annotationType) {
    return annotations.stream().filter(a -> a.type().equals(annotationType)).findFirst();
  }

  /// For messages: `SqlTable [dbo].[Orders]`.
  public String title() {
    return name == null ? "%s (line %d)".formatted(type, line) : type + " " + name;
  }
}
