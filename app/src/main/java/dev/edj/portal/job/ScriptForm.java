package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.content.Packages;
import dev.edj.portal.site.Typed;
import dev.edj.portal.upload.ChosenFile;
import dev.edj.problem.EdjException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// What a step applies: an existing content, perhaps with a changed text or a newer package, or a
/// new script or package.
///
/// @param source `new`, `existing` or `package`
/// @param version of the existing content; empty means the newest at each start
/// @param loaded of which content and version the text in the editor was, before it was changed
/// @param name of the new content; empty means that of the job
/// @param comment on the version that is made
/// @param dacpac a package's file; null when none was chosen
record ScriptForm(
    String source,
    String content,
    String version,
    String loaded,
    String name,
    String text,
    String comment,
    @Nullable MultipartFile dacpac) {

  static final String NEW = "new";
  static final String EXISTING = "existing";
  static final String PACKAGE = "package";
  static final ScriptForm NOTHING = new ScriptForm(NEW, "", "", "", "", "", "", null);

  ScriptForm {
    source = NEW.equals(source) || PACKAGE.equals(source) ? source : EXISTING;
    content = requireNonNullElse(content, "").strip();
    version = requireNonNullElse(version, "").strip();
    loaded = requireNonNullElse(loaded, "");
    name = requireNonNullElse(name, "").strip();
    text = Typed.lines(text);
    comment = requireNonNullElse(comment, "");
  }

  static ScriptForm existing(String content, String version) {
    return new ScriptForm(EXISTING, content, version, "", "", "", "", null);
  }

  /// Whether it is a script that is made with the job.
  public boolean isNew() {
    return source.equals(NEW);
  }

  /// Whether it is a package that is made a content with the job.
  public boolean isPackage() {
    return source.equals(PACKAGE);
  }

  public boolean isExisting() {
    return source.equals(EXISTING);
  }

  /// Refuses what cannot become a content.
  ///
  /// @param place of the step's fields: `steps[0].`
  void requireWhole(String place) {
    if (isNew() && text.isBlank()) {
      throw EdjException.invalid(place + "script.text", "the script is empty");
    }
    if (isPackage()) {
      MultipartFile _ = new ChosenFile(place + "script.dacpac", dacpac).required();
    }
  }

  /// Makes the new content that it is.
  Content create(Contents contents, String newName) {
    if (isNew()) {
      return contents.create(new NewContent(newName, text, comment));
    }
    try (InputStream file = new ChosenFile(Packages.FIELD, dacpac).open()) {
      return contents.createDacpac(newName, file, comment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the text or the package a version of the existing content.
  ///
  /// @param expected as of [NewContentVersion]
  ContentVersion add(Contents contents, @Nullable Integer expected) {
    if (dacpac == null) {
      return contents.addVersion(content, new NewContentVersion(text, comment, expected));
    }
    try (InputStream file = dacpac.getInputStream()) {
      return contents.addDacpacVersion(content, file, comment, expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the editor shows the text of what is chosen, or one that was made of it.
  boolean isLoaded() {
    return Loaded.parse(loaded).filter(text -> text.isOf(this)).isPresent();
  }

  /// With the text of what is chosen in the editor.
  ScriptForm showing(ContentVersion shown) {
    return new ScriptForm(
        EXISTING,
        content,
        version,
        new Loaded(content, version, shown.version()).toString(),
        name,
        requireNonNullElse(shown.text(), ""),
        "",
        null);
  }

  /// The same text as one that was made of this version.
  ScriptForm madeOf(int number) {
    String of = new Loaded(content, version, number).toString();
    return new ScriptForm(source, content, version, of, name, text, comment, dacpac);
  }

  /// After its text became this version.
  ScriptForm saved(ContentVersion made) {
    String chosen = version.isEmpty() ? "" : Integer.toString(made.version());
    return existing(made.content(), chosen).showing(made);
  }
}
