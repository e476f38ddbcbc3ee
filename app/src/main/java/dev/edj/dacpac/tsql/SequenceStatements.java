package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes and changes sequences.
public final class SequenceStatements {

  private SequenceStatements() {}

  static List<String> create(Sequence sequence) {
    List<String> clauses = new ArrayList<>();
    clauses.add("AS " + TypeText.of(sequence.dataType()));
    clauses.add("START WITH " + sequence.start().toPlainString());
    clauses.add("INCREMENT BY " + sequence.increment().toPlainString());
    if (sequence.minimum() != null) {
      clauses.add(limit("MINVALUE", sequence.minimum()));
    }
    if (sequence.maximum() != null) {
      clauses.add(limit("MAXVALUE", sequence.maximum()));
    }
    if (sequence.cycle()) {
      clauses.add(cycle(sequence));
    }
    if (sequence.cache() != null) {
      clauses.add(cache(sequence.cache()));
    }
    return statement("CREATE", sequence, clauses);
  }

  /// Changes all but the type, which cannot be changed, and the number that comes next.
  public static List<String> alter(Sequence sequence) {
    return statement(
        "ALTER",
        sequence,
        List.of(
            "INCREMENT BY " + sequence.increment().toPlainString(),
            limit("MINVALUE", sequence.minimum()),
            limit("MAXVALUE", sequence.maximum()),
            cycle(sequence),
            cache(sequence.cache())));
  }

  /// Makes it anew, because its type changes. The next number is the one that the old sequence
  /// would have given; where it was exhausted, the one after its last.
  public static List<String> remake(Sequence before, Sequence after) {
    return List.of(
        """
        DECLARE @next AS DECIMAL (38, 0);
        SELECT @next = CAST([current_value] AS DECIMAL (38, 0)) + CAST([increment] AS DECIMAL (38, 0))
        FROM   [sys].[sequences]
        WHERE  [object_id] = OBJECT_ID(%1$s)
               AND [is_exhausted] = 1;
        IF @next IS NULL
            SET @next = NEXT VALUE FOR %2$s;

        DROP SEQUENCE %2$s;

        %3$s

        DECLARE @restart AS NVARCHAR (MAX) = %4$s + CAST(@next AS NVARCHAR (40)) + N';';
        EXECUTE sp_executesql @restart;\
        """
            .formatted(
                Literal.of(before.name()),
                before.name(),
                String.join("\n", create(after)),
                Literal.of("ALTER SEQUENCE %s RESTART WITH ".formatted(after.name()))));
  }

  /// Lets it begin anew where it starts.
  public static List<String> restart(Sequence sequence) {
    return statement(
        "ALTER", sequence, List.of("RESTART WITH " + sequence.start().toPlainString()));
  }

  private static List<String> statement(String verb, Sequence sequence, List<String> clauses) {
    return List.of(
        "%s SEQUENCE %s\n    %s;".formatted(verb, sequence.name(), String.join("\n    ", clauses)));
  }

  private static String limit(String name, @Nullable BigDecimal value) {
    return value == null ? "NO " + name : name + " " + value.toPlainString();
  }

  private static String cycle(Sequence sequence) {
    return sequence.cycle() ? "CYCLE" : "NO CYCLE";
  }

  private static String cache(@Nullable Integer numbers) {
    if (numbers == null) {
      return "CACHE";
    }
    return numbers == 0 ? "NO CACHE" : "CACHE " + numbers;
  }
}
