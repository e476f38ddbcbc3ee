package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;

/// Styles, scripts and pictures, all from the jar. Their addresses hold a hash of all of them: a
/// browser may keep one for ever, and scripts name one another without it.
public final class Assets {

  public static final String PATH = "/assets/";

  private static final String OWN = "portal/assets/";

  /// Of libraries, by the names they have here. The versions are those of the pom.
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "htmx.js", "htmx.org/2.0.10/dist/htmx.min.js",
          "codemirror.js", "codemirror/5.65.20/lib/codemirror.js",
          "codemirror.css", "codemirror/5.65.20/lib/codemirror.css",
          "codemirror-sql.js", "codemirror/5.65.20/mode/sql/sql.js",
          "codemirror-brackets.js", "codemirror/5.65.20/addon/edit/matchbrackets.js");

  private static final String WEBJARS = "META-INF/resources/webjars/";

  private static final Map<String, MediaType> TYPES =
      Map.of(
          "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
          "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
          "svg", MediaType.parseMediaType("image/svg+xml"));

  private final SortedMap<String, byte[]> contents;
  private final String version;

  private Assets(SortedMap<String, byte[]> contents, String version) {
    this.contents = contents;
    this.version = version;
  }

  static Assets read() {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try {
      for (Resource own :
          new PathMatchingResourcePatternResolver().getResources("classpath:" + OWN + "*.*")) {
        contents.put(String.valueOf(own.getFilename()), own.getContentAsByteArray());
      }
      for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
        contents.put(
            library.getKey(),
            new ClassPathResource(WEBJARS + library.getValue()).getContentAsByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Assets(contents, hash(contents));
  }

  /// Where a browser finds it.
  String url(String name) {
    content(name);
    return PATH + version + "/" + name;
  }

  byte[] content(String name) {
    byte[] content = contents.get(name);
    if (content == null) {
      throw EdjException.notFound("asset", name);
    }
    return content;
  }

  MediaType type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
  }

  /// Whether what is under this address will always be the same.
  boolean isCurrent(String version) {
    return this.version.equals(version);
  }

  private static String hash(SortedMap<String, byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
