package dev.edj.parameter;

import static java.util.Objects.requireNonNull;

import dev.edj.parameter.ParameterValue.Missing;
import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.parameter.ParameterValue.Text;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PasswordCipher;
import dev.edj.security.SecretContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of parameters: script variables with their values. Secret ones are encrypted as soon
/// as they arrive.
public final class Parameters {

  private static final int MOST_PARAMETERS = 1000;
  private static final int LONGEST_VALUE = 100_000;

  /// What is shorter cannot be taken out of logs without making them unreadable.
  private static final int SHORTEST_SECRET = 4;

  private static final int LONGEST_SECRET = 10_000;
  private static final String PARAMETERS = "parameters";
  private static final String SECRETS = "secrets";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /// What scripts write for a dollar sign.
  private static final String DOLLAR = "dollar";

  private final EncryptionKeys keys;

  public Parameters(EncryptionKeys keys) {
    this.keys = keys;
  }

  /// Parameters as they are declared; a value that is null has to be given at each start.
  ///
  /// @param owner who the secrets are encrypted for
  public ParameterValues declared(
      Map<String, @Nullable String> texts, Map<String, @Nullable String> secrets, String owner) {
    SortedMap<String, ParameterValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    texts.forEach((name, text) ->
        put(values, PARAMETERS, name, text == null ? new Missing(false) : text(name, text)));
    secrets.forEach((name, text) ->
        put(values, SECRETS, name, text == null ? new Missing(true) : secret(name, text, owner)));
    return new ParameterValues(values);
  }

  /// Values as they are carried by something that declares nothing, so that none may be missing.
  public ParameterValues carried(
      Map<String, @Nullable String> texts, Map<String, @Nullable String> secrets, String owner) {
    ParameterValues values = declared(texts, secrets, owner);
    if (!values.missing().isEmpty()) {
      throw EdjException.invalid(
          PARAMETERS, "'%s' needs a value".formatted(values.missing().getFirst()));
    }
    return values;
  }

  /// Values given for a start, under the names that the job has for them. What the job has as a
  /// secret must come as one, because it may have been seen on its way.
  public ParameterValues given(
      Map<String, @Nullable String> texts,
      Map<String, @Nullable String> secrets,
      ParameterValues declared,
      String job) {
    Map<String, @Nullable String> readable = new LinkedHashMap<>();
    texts.forEach((name, text) -> readable.put(known(PARAMETERS, name, declared, job), text));
    Map<String, @Nullable String> hidden = new LinkedHashMap<>();
    secrets.forEach((name, text) -> hidden.put(known(SECRETS, name, declared, job), text));
    for (String name : readable.keySet()) {
      if (requireNonNull(declared.byName().get(name)).secret()) {
        throw EdjException.invalid(PARAMETERS, "'%s' is secret; give it as one".formatted(name));
      }
    }
    return carried(readable, hidden, ParameterOwner.job(job));
  }

  private static String known(String field, String name, ParameterValues declared, String job) {
    checkName(field, name);
    return declared
        .spelling(name)
        .orElseThrow(() ->
            EdjException.invalid(
                field,
                "job '%s' has no parameter '%s'; it has %s"
                    .formatted(
                        job,
                        name,
                        declared.isEmpty()
                            ? "none"
                            : String.join(", ", declared.byName().keySet()))));
  }

  /// Values that were given before, as far as the job still has such parameters, and none that
  /// everybody may read for what is secret by now.
  public static ParameterValues stillGiven(ParameterValues given, ParameterValues declared) {
    TreeMap<String, ParameterValue> kept = new TreeMap<>(given.byName());
    kept.entrySet()
        .removeIf(entry -> {
          ParameterValue own = declared.byName().get(entry.getKey());
          return own == null || (own.secret() && !entry.getValue().secret());
        });
    return new ParameterValues(kept);
  }

  /// Refuses a start without a value that has to be given.
  public static void requireAll(ParameterValues declared, ParameterValues given, String job) {
    List<String> missing = given.over(declared).missing();
    if (!missing.isEmpty()) {
      throw EdjException.invalid(
          PARAMETERS,
          "job '%s' wants a value for %s at each start".formatted(job, String.join(", ", missing)));
    }
  }

  /// Variables are found in scripts whatever their case, so names must differ in more than that.
  private static void put(
      Map<String, ParameterValue> values, String field, String name, ParameterValue value) {
    checkName(field, name);
    if (values.put(name, value) != null) {
      throw EdjException.invalid(field, "'%s' is there twice".formatted(name));
    }
    if (values.size() > MOST_PARAMETERS) {
      throw EdjException.invalid(field, "must be at most %,d".formatted(MOST_PARAMETERS));
    }
  }

  private static void checkName(String field, String name) {
    if (!VARIABLE.matcher(name).matches() || name.length() > Names.MAXIMUM_LENGTH) {
      throw EdjException.invalid(
          field,
          "'%s' is not the name of a variable: letters, digits, '_' and '-', at most 128, no digit"
                  .formatted(name)
              + " or '-' first");
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (lowerCase.equals(DOLLAR) || BuiltInVariables.NAMES.contains(lowerCase)) {
      throw EdjException.invalid(field, "'%s' is built in".formatted(name));
    }
  }

  private static Text text(String name, String text) {
    if (text.length() > LONGEST_VALUE || text.indexOf('\0') >= 0) {
      throw EdjException.invalid(
          PARAMETERS,
          "the value of '%s' must have at most %,d characters and no NUL"
              .formatted(name, LONGEST_VALUE));
    }
    return new Text(text);
  }

  private Secret secret(String name, String text, String owner) {
    if (text.length() < SHORTEST_SECRET
        || text.length() > LONGEST_SECRET
        || text.indexOf('\0') >= 0) {
      throw EdjException.invalid(
          SECRETS,
          "the secret value of '%s' must have %d to %,d characters and no NUL"
              .formatted(name, SHORTEST_SECRET, LONGEST_SECRET));
    }
    return new Secret(
        PasswordCipher.encrypt(keys.current(), SecretContext.parameter(owner, name), text), owner);
  }
}
