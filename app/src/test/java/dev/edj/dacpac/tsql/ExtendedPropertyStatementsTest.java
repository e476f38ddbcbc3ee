package dev.edj.dacpac.tsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtendedPropertyStatementsTest {

  @Test
  void aValueIsOneBatchWhateverIsInIt() {
    ExtendedProperty property =
        new ExtendedProperty(
            HostType.TABLE_COLUMN,
            ObjectName.of("it's", "a]b", "c.d"),
            "MS_'Description",
            "N'one\r\nGO\r\n$(x) ''two'' Ünï'");
    assertThat(Statements.create(property))
        .containsExactly(
            "EXECUTE sp_addextendedproperty @name = N'MS_''Description', @value = N'one\r\nGO\r\n$(x) ''two'' Ünï', @level0type = N'SCHEMA', @level0name = N'it''s', @level1type = N'TABLE', @level1name = N'a]b', @level2type = N'COLUMN', @level2name = N'c.d';");
    assertThat(ExtendedPropertyStatements.update(property))
        .singleElement()
        .asString()
        .startsWith(
            "EXECUTE sp_updateextendedproperty @name = N'MS_''Description', @value = N'one");
    assertThat(Statements.drop(property))
        .containsExactly(
            "EXECUTE sp_dropextendedproperty @name = N'MS_''Description', @level0type = N'SCHEMA', @level0name = N'it''s', @level1type = N'TABLE', @level1name = N'a]b', @level2type = N'COLUMN', @level2name = N'c.d';");
  }

  @Test
  void theDatabaseHasNoLevels() {
    assertThat(Statements.create(new ExtendedProperty(HostType.DATABASE, null, "a", "N'b'")))
        .containsExactly("EXECUTE sp_addextendedproperty @name = N'a', @value = N'b';");
  }

  @Test
  void theTableOfAConstraintIsLookedUp() {
    ObjectName host = ObjectName.of("dbo", "it's");
    assertThat(Statements.create(new ExtendedProperty(HostType.CONSTRAINT, host, "a", "N'b'")))
        .containsExactly(
            """
            DECLARE @parent AS NVARCHAR (128), @kind AS VARCHAR (128);

            SELECT @parent = [parent].[name],
                   @kind = CASE [parent].[type] WHEN 'V' THEN 'VIEW' ELSE 'TABLE' END
            FROM   [sys].[objects] AS [host]
                   INNER JOIN [sys].[objects] AS [parent]
                       ON [parent].[object_id] = [host].[parent_object_id]
            WHERE  [host].[object_id] = OBJECT_ID(N'[dbo].[it''s]');

            EXECUTE sp_addextendedproperty @name = N'a', @value = N'b', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = @kind, @level1name = @parent, @level2type = N'CONSTRAINT', @level2name = N'it''s';\
            """);
    assertThat(
            Statements.create(
                new ExtendedProperty(
                    HostType.TRIGGER, ObjectName.of("dbo", "t", "tr"), "a", "N'b'")))
        .containsExactly(
            "EXECUTE sp_addextendedproperty @name = N'a', @value = N'b', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N't', @level2type = N'TRIGGER', @level2name = N'tr';");
  }

  @ParameterizedTest
  @EnumSource(value = HostType.class, mode = EnumSource.Mode.EXCLUDE, names = "DATABASE")
  void aHostWithTooManyPartsIsRefused(HostType type) {
    ObjectName host = ObjectName.of("a", "b", "c", "d");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Statements.create(new ExtendedProperty(type, host, "a", "N'b'")));
  }
}
