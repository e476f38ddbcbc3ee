package dev.edj.portal.content;

import static java.util.Objects.requireNonNullElse;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.content.Packages;
import dev.edj.portal.site.Typed;
import dev.edj.portal.upload.ChosenFile;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// A content, or a new version of one, as it was typed.
///
/// @param base the version that this one is made of; 0 for a new content
/// @param dacpac the package's file; null when none was chosen
record ContentForm(
    String name,
    Source source,
    String text,
    @Nullable MultipartFile dacpac,
    String dacpacUri,
    String comment,
    Integer base) {

  /// Where it is from.
  enum Source {
    /// Written in the form.
    Script,
    /// A data-tier package that comes with the form.
    File,
    /// A data-tier package that is fetched at each run.
    Uri
  }

  static final ContentForm NOTHING = new ContentForm("", Source.Script, "", null, "", "", 0);

  ContentForm {
    name = requireNonNullElse(name, "").strip();
    source = requireNonNullElse(source, Source.Script);
    text = Typed.lines(text);
    dacpacUri = requireNonNullElse(dacpacUri, "").strip();
    comment = requireNonNullElse(comment, "");
    base = requireNonNullElse(base, 0);
  }

  /// The next version of a script, or of a package, with nothing of a package's in it.
  ///
  /// @param from the version to begin with
  static ContentForm next(ContentVersion from, int newest) {
    String text = from.text();
    Source source = text != null ? Source.Script : from.sha256() == null ? Source.Uri : Source.File;
    return new ContentForm(
        from.content(), source, requireNonNullElse(text, ""), null, "", "", newest);
  }

  ContentForm on(int version) {
    return new ContentForm(name, source, text, dacpac, dacpacUri, comment, version);
  }

  /// The field that says what it is.
  String field() {
    return switch (source) {
      case Script -> "text";
      case File -> Packages.FIELD;
      case Uri -> "dacpacUri";
    };
  }

  Content create(Contents contents) throws IOException {
    return switch (source) {
      case Script -> contents.create(new NewContent(name, text, comment));
      case File -> {
        try (InputStream file = file()) {
          yield contents.createDacpac(name, file, comment);
        }
      }
      case Uri -> contents.create(new NewContent(name, null, comment, dacpacUri));
    };
  }

  /// @param content whose next version it is
  ContentVersion add(Contents contents, String content) throws IOException {
    return switch (source) {
      case Script -> contents.addVersion(content, new NewContentVersion(text, comment, base));
      case File -> {
        try (InputStream file = file()) {
          yield contents.addDacpacVersion(content, file, comment, base);
        }
      }
      case Uri ->
          contents.addVersion(content, new NewContentVersion(null, comment, dacpacUri, base));
    };
  }

  private InputStream file() throws IOException {
    return new ChosenFile(Packages.FIELD, dacpac).open();
  }
}
