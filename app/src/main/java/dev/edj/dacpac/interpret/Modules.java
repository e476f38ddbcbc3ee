package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.SqlModule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Views, procedures, functions and triggers. What is deployed is their text; the rest of their
/// elements says in pieces what the text says.
final class Modules {

  private static final String BODY = "BodyScript";
  private static final String QUERY = "QueryScript";
  private static final String DEPENDENCIES = "BodyDependencies";
  private static final String QUERY_DEPENDENCIES = "QueryDependencies";
  private static final String FUNCTION_BODY = "FunctionBody";
  private static final String PARENT = "Parent";
  private static final String PARAMETERS = "Parameters";
  private static final String COLUMNS = "Columns";
  private static final String TYPE = "Type";
  private static final String USER = "User";
  private static final String DISABLED = "IsDisabled";

  static final ElementRule VIEW =
      of("SqlView", "a view", ModuleText.HEADER.type())
          .properties(QUERY, "IsSchemaBound")
          .relationships(QUERY_DEPENDENCIES, Names.SCHEMA)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, "IsWithCheckOption", "IsMetadataReported")
          .harmless(Kind.RELATIONSHIP, Reasons.FOR_TOOLS, COLUMNS);

  static final ElementRule PROCEDURE =
      of("SqlProcedure", "a stored procedure", ModuleText.HEADER.type())
          .properties(BODY, "IsSchemaBound")
          .relationships(DEPENDENCIES, PARAMETERS, USER, Names.SCHEMA)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, "IsOwner", "IsCaller")
          .refused(Kind.PROPERTY, "native compilation", "IsNativelyCompiled")
          .refused(Kind.PROPERTY, Reasons.CLR, "ClassName", "MethodName")
          .refused(Kind.RELATIONSHIP, Reasons.CLR, "Assembly");

  static final ElementRule SCALAR_FUNCTION =
      function("SqlScalarFunction", "a function whose result is a value").relationships(TYPE);

  static final ElementRule INLINE_FUNCTION =
      function("SqlInlineTableValuedFunction", "a function that is a query")
          .harmless(Kind.RELATIONSHIP, Reasons.FOR_TOOLS, COLUMNS);

  static final ElementRule TABLE_FUNCTION =
      function("SqlMultiStatementTableValuedFunction", "a function that fills a table")
          .relationships(COLUMNS)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, "ReturnTableVariable");

  static final ElementRule TRIGGER =
      of("SqlDmlTrigger", "a trigger of a table or a view", ModuleText.HEADER.type())
          .properties(BODY, DISABLED)
          .relationships(DEPENDENCIES, PARENT, USER)
          .harmless(
              Kind.PROPERTY,
              Reasons.IN_THE_TEXT,
              "SqlTriggerType",
              "IsInsertTrigger",
              "IsUpdateTrigger",
              "IsDeleteTrigger",
              "IsNotForReplication",
              "IsOwner",
              "IsCaller")
          .refused(Kind.PROPERTY, "native compilation", "IsNativelyCompiled")
          .refused(Kind.PROPERTY, Reasons.CLR, "ClassName", "MethodName")
          .refused(Kind.RELATIONSHIP, Reasons.CLR, "Assembly");

  static final ElementRule IMPLEMENTATION =
      ElementRule.of("SqlScriptFunctionImplementation", "the text of a function")
          .properties(BODY)
          .annotations(ModuleText.HEADER.type());

  /// A parameter of any of them.
  static final ElementRule PARAMETER =
      ElementRule.of("SqlSubroutineParameter", "a parameter of a procedure or function")
          .relationships(TYPE)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, ElementRule.ANY);

  static final ElementRule RESULT_COLUMN =
      ElementRule.of("SqlSimpleColumn", "a column of the table that a function fills")
          .relationships("TypeSpecifier")
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, ElementRule.ANY)
          .harmless(Kind.ANNOTATION, Reasons.IN_THE_TEXT, ElementRule.ANY);

  static final ElementRule RESULT_COMPUTED =
      ElementRule.of("SqlComputedColumn", "a calculated column of the table that a function fills")
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, ElementRule.ANY)
          .harmless(Kind.RELATIONSHIP, Reasons.IN_THE_TEXT, ElementRule.ANY)
          .harmless(Kind.ANNOTATION, Reasons.IN_THE_TEXT, ElementRule.ANY);

  static final ElementRule ITS_TYPE =
      ElementRule.of("SqlTypeSpecifier", "the type of a parameter or a result")
          .relationships(TYPE)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, ElementRule.ANY);

  static final ElementRule ITS_XML_TYPE =
      ElementRule.of("SqlXmlTypeSpecifier", "the type of a parameter or a result")
          .relationships(TYPE)
          .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, ElementRule.ANY)
          .harmless(Kind.RELATIONSHIP, Reasons.IN_THE_TEXT, "XmlSchemaCollection");

  static final List<Handled> HANDLED =
      List.of(
          new Handled(VIEW, reading -> inSchema(reading, ObjectType.VIEW, QUERY)),
          new Handled(PROCEDURE, reading -> inSchema(reading, ObjectType.PROCEDURE, BODY)),
          new Handled(SCALAR_FUNCTION, reading -> function(reading, ObjectType.SCALAR_FUNCTION)),
          new Handled(INLINE_FUNCTION, reading -> function(reading, ObjectType.INLINE_FUNCTION)),
          new Handled(TABLE_FUNCTION, reading -> function(reading, ObjectType.TABLE_FUNCTION)),
          new Handled(TRIGGER, Modules::trigger));

  private Modules() {}

  private static ElementRule of(String type, String title, String... annotations) {
    return ElementRule.of(type, title)
        .properties("IsAnsiNullsOn", "IsQuotedIdentifierOn")
        .annotations(annotations)
        .harmless(Kind.RELATIONSHIP, Reasons.FOR_TOOLS, "DynamicObjects")
        .refused(Kind.PROPERTY, Reasons.ENCRYPTED, "IsEncrypted", "IsEncryptionEnabled");
  }

  private static ElementRule function(String type, String title) {
    return of(type, title)
        .properties("IsSchemaBound")
        .relationships(FUNCTION_BODY, DEPENDENCIES, PARAMETERS, USER, Names.SCHEMA)
        .harmless(Kind.PROPERTY, Reasons.IN_THE_TEXT, "IsOwner", "IsCaller")
        .refused(Kind.PROPERTY, "native compilation", "IsNativelyCompiled");
  }

  private static SqlModule inSchema(Reading reading, ObjectType type, String body) throws Refusal {
    return module(
        reading, Names.inSchema(reading), type, ModuleText.of(reading, reading, body), null);
  }

  private static SqlModule function(Reading reading, ObjectType type) throws Refusal {
    Reading body = reading.onlyInline(FUNCTION_BODY, IMPLEMENTATION);
    return module(reading, Names.inSchema(reading), type, ModuleText.of(reading, body, BODY), null);
  }

  private static SqlModule trigger(Reading reading) throws Refusal {
    ObjectName parent = Constraints.nameOf(reading.target(PARENT, "SqlTable", "SqlView"));
    ModuleText text = ModuleText.of(reading, reading, BODY);
    return module(reading, reading.name(2), ObjectType.TRIGGER, text, parent);
  }

  private static SqlModule module(
      Reading reading,
      ObjectName name,
      ObjectType type,
      ModuleText text,
      @Nullable ObjectName parent)
      throws Refusal {
    Set<ObjectName> references = references(reading, name);
    if (parent != null) {
      references.add(parent);
    }
    return new SqlModule(
        name,
        type,
        text.text(),
        text.createOffset(),
        text.ansiNulls(),
        text.quotedIdentifiers(),
        text.schemaBound(),
        parent,
        !(reading.reads(DISABLED) && reading.flag(DISABLED, false)),
        references);
  }

  /// What the text speaks of, who it runs as, and the types of its parameters and results.
  private static Set<ObjectName> references(Reading reading, ObjectName name) throws Refusal {
    Set<ObjectName> references = new HashSet<>();
    for (String relationship : List.of(QUERY_DEPENDENCIES, DEPENDENCIES, USER)) {
      if (reading.reads(relationship)) {
        references.addAll(reading.dependenciesBeyond(name, relationship));
      }
    }
    for (String relationship : List.of(PARAMETERS, TYPE, COLUMNS)) {
      if (reading.reads(relationship)) {
        addTypes(reading, relationship, name, references);
      }
    }
    return references;
  }

  private static void addTypes(
      Reading reading, String relationship, ObjectName name, Set<ObjectName> references)
      throws Refusal {
    for (Reading typed :
        reading.inline(
            relationship, PARAMETER, RESULT_COLUMN, RESULT_COMPUTED, ITS_TYPE, ITS_XML_TYPE)) {
      for (String deeper : List.of(TYPE, "TypeSpecifier")) {
        if (!typed.reads(deeper)) {
          continue;
        }
        if (typed.type().endsWith("TypeSpecifier")) {
          references.addAll(typed.dependenciesBeyond(name, deeper));
        } else {
          addTypes(typed, deeper, name, references);
        }
      }
    }
  }
}
