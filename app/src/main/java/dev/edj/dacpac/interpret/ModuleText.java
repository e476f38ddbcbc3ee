package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Element.Property;
import dev.edj.dacpac.interpret.ElementRule.Kind;
import java.util.Optional;

/// The statement that creates a view, procedure, function or trigger. A package holds it in three
/// parts: what stands before the body, the body, and what follows it.
///
/// @param createOffset where in the text the word `CREATE` stands
record ModuleText(
    String text,
    int createOffset,
    boolean ansiNulls,
    boolean quotedIdentifiers,
    boolean schemaBound) {

  private static final String CREATE = "CREATE";

  static final ElementRule HEADER =
      ElementRule.of("SysCommentsObjectAnnotation", "the parts of a text around its body")
          .properties("HeaderContents", "FooterContents", "CreateOffset", "Length")
          .harmless(
              Kind.PROPERTY,
              "says where in a file of its project the text stood",
              "Offset",
              "StartLine",
              "StartColumn");

  /// @param module the element of the object
  /// @param holder the element that holds the text: the same, or of a function, one within it
  static ModuleText of(Reading module, Reading holder, String bodyProperty) throws Refusal {
    Property body = holder.script(bodyProperty);
    Reading header = holder.annotation(HEADER);
    Parts parts = parts(header, String.valueOf(body.value()));
    String before = module.context().variables().in(parts.beforeCreate());
    String after = module.context().variables().in(parts.fromCreate());
    return new ModuleText(
        before + plainCreate(after),
        before.length(),
        ansiNulls(module, body),
        quotedIdentifiers(module, body),
        isSchemaBound(module, parts.header()));
  }

  /// A text, cut where the word `CREATE` stands.
  private record Parts(String header, String beforeCreate, String fromCreate) {}

  private static Parts parts(Reading annotation, String body) throws Refusal {
    Property header = annotation.script("HeaderContents");
    String before = String.valueOf(header.value());
    String after =
        annotation.has("FooterContents")
            ? String.valueOf(annotation.script("FooterContents").value())
            : "";
    String text = before + withItsLineEnds(annotation, before, body, after) + after;
    int offset = annotation.findNumber("CreateOffset", 0, Integer.MAX_VALUE).orElse(0);
    if (!text.regionMatches(true, offset, CREATE, 0, CREATE.length())) {
      throw new Refusal("its text does not say CREATE at %d".formatted(offset));
    }
    return new Parts(before, text.substring(0, offset), text.substring(offset));
  }

  /// XML knows but one line end in what is no attribute, so a body has lost the ones that it was
  /// written with. The length of the whole, which the file tells, says which they were.
  private static String withItsLineEnds(
      Reading annotation, String before, String body, String after) throws Refusal {
    Optional<Integer> length = annotation.findNumber("Length", 0, Integer.MAX_VALUE);
    boolean asItStands =
        length.isPresent() && length.get() == before.length() + body.length() + after.length();
    return asItStands ? body : body.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  /// Makes `CREATE OR ALTER` a `CREATE`, as the server does in what it stores.
  private static String plainCreate(String fromCreate) throws Refusal {
    Words words = new Words(fromCreate);
    if (!words.next().equalsIgnoreCase(CREATE)) {
      throw new Refusal("its text does not begin with CREATE");
    }
    if (!words.next().equalsIgnoreCase("OR")) {
      return fromCreate;
    }
    if (!words.next().equalsIgnoreCase("ALTER")) {
      throw new Refusal("its text begins with CREATE OR, and goes on without ALTER");
    }
    return fromCreate.substring(0, CREATE.length()) + fromCreate.substring(words.at());
  }

  private static boolean ansiNulls(Reading module, Property body) throws Refusal {
    boolean told = module.flag("IsAnsiNullsOn");
    if (body.ansiNulls() != null && body.ansiNulls() != told) {
      throw new Refusal("says two things about ANSI_NULLS");
    }
    return told;
  }

  /// On, unless the element or its text says otherwise.
  private static boolean quotedIdentifiers(Reading module, Property body) throws Refusal {
    boolean ofText = body.quotedIdentifiers() == null || body.quotedIdentifiers();
    return module.flag("IsQuotedIdentifierOn", ofText);
  }

  /// What the element says of it is not trusted alone: of functions, no package is known that says
  /// it, and the text decides.
  private static boolean isSchemaBound(Reading module, String header) throws Refusal {
    boolean told = module.reads("IsSchemaBound") && module.flag("IsSchemaBound", false);
    return told || new Words(header).hasAny("SCHEMABINDING");
  }
}
