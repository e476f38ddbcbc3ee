package dev.edj.secrecy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/// Leaves what is [Sensitive] out of JSON that is written; what is read may have it.
public final class Withheld extends ValueSerializerModifier {

  private static final long serialVersionUID = 1;

  private final boolean evenOnce;

  private Withheld(boolean evenOnce) {
    this.evenOnce = evenOnce;
  }

  /// For answers: they have what is shown once.
  public static JacksonModule fromAnswers() {
    return module(new Withheld(false));
  }

  /// For what is kept.
  public static JacksonModule always() {
    return module(new Withheld(true));
  }

  private static JacksonModule module(Withheld withheld) {
    return new SimpleModule("secrecy").setSerializerModifier(withheld);
  }

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config,
      BeanDescription.Supplier type,
      List<BeanPropertyWriter> properties) {
    List<BeanPropertyWriter> shown = new ArrayList<>(properties);
    shown.removeIf(property -> withholds(property.getAnnotation(Sensitive.class)));
    return shown;
  }

  private boolean withholds(@Nullable Sensitive mark) {
    return mark != null && (evenOnce || !mark.shownOnce());
  }
}
