package dev.edj.portal.upload;

import dev.edj.content.Packages;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.support.AbstractMultipartHttpServletRequest;

/// A form with files, as a browser sends it: its fields one after the other, in the order in which
/// they stand on the page. It is read in two steps: the first field, which is the token, and when
/// that was found right, the others.
///
/// A controller's form has its files as [MultipartFile]s; where none was chosen, none is there.
final class FileForm extends AbstractMultipartHttpServletRequest implements AutoCloseable {

  /// The same as of a form without files.
  static final int LARGEST_BYTES = 3 * Packages.LARGEST_BYTES;

  private static final int LARGEST_TEXTS_BYTES = Packages.LARGEST_BYTES;
  private static final int LONGEST_TOKEN = 500;
  private static final int MOST_FIELDS = 2_000;

  /// Somebody who sends slowly takes another's place for no longer.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final FileItemIterator fields;
  private final Map<String, List<String>> texts = new LinkedHashMap<>();
  private final MultiValueMap<String, MultipartFile> files = new LinkedMultiValueMap<>();
  private final List<SpooledFile> spooled = new ArrayList<>();
  private boolean hasToken;
  private int textBytes;
  private int count;

  private FileForm(HttpServletRequest request, FileItemIterator fields) {
    super(request);
    this.fields = fields;
    super.getParameterMap().forEach((name, values) -> texts.put(name, List.of(values)));
  }

  static boolean is(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
  }

  /// Reads the token and nothing that follows it.
  static FileForm begun(HttpServletRequest request, String tokenField) {
    FileUpload reader = new FileUpload();
    reader.setHeaderEncoding(StandardCharsets.UTF_8.name());
    reader.setSizeMax(LARGEST_BYTES);
    try {
      FileForm form =
          new FileForm(request, reader.getItemIterator(new ServletRequestContext(request)));
      form.readToken(tokenField);
      return form;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void readToken(String name) throws IOException {
    if (!fields.hasNext()) {
      return;
    }
    FileItemStream first = fields.next();
    if (first.isFormField() && name.equals(first.getFieldName())) {
      try (InputStream value = first.openStream()) {
        texts.put(name, List.of(text(value.readNBytes(LONGEST_TOKEN))));
        hasToken = true;
      }
    }
  }

  /// Reads all else, the files to the disk.
  void readOn(Path directory) {
    if (!hasToken) {
      throw unreadable("its first field has to be its token");
    }
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try {
      while (fields.hasNext()) {
        read(fields.next(), directory, deadline);
      }
      setMultipartFiles(files);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void read(FileItemStream field, Path directory, long deadline) throws IOException {
    String name = field.getFieldName();
    count++;
    if (name == null || count > MOST_FIELDS) {
      throw unreadable("it has more than %,d fields, or one without a name".formatted(MOST_FIELDS));
    }
    try (InputStream in = field.openStream()) {
      if (field.isFormField()) {
        texts.merge(name, List.of(text(name, in)), FileForm::both);
      } else if (!field.getName().isEmpty()) {
        SpooledFile file = SpooledFile.in(directory, name, field.getName(), field.getContentType());
        spooled.add(file);
        files.add(name, file);
        copy(in, file, deadline);
      }
    }
  }

  private String text(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_TEXTS_BYTES - textBytes + 1);
    textBytes += bytes.length;
    if (textBytes > LARGEST_TEXTS_BYTES) {
      throw new EdjException(
          ErrorCode.TOO_LARGE,
          name,
          "the texts of the form are larger than %d MiB".formatted(LARGEST_TEXTS_BYTES >> 20));
    }
    return text(bytes);
  }

  /// Of a file that is too large, just enough is kept to see that.
  private static void copy(InputStream in, SpooledFile file, long deadline) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long room = Packages.LARGEST_BYTES + 1L;
    OutputStream out = file.end();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (System.nanoTime() - deadline > 0) {
        throw unreadable("it took more than %d minutes".formatted(LONGEST.toMinutes()));
      }
      int kept = (int) Math.min(read, room);
      out.write(buffer, 0, kept);
      room -= kept;
    }
  }

  private static List<String> both(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static EdjException refused(IOException e) {
    return isTooLarge(e)
        ? new EdjException(
            ErrorCode.TOO_LARGE,
            null,
            "The form is larger than %d MiB; a package may have %d MiB. Nothing was changed."
                .formatted(LARGEST_BYTES >> 20, Packages.LARGEST_BYTES >> 20),
            e)
        : unreadable("it did not come whole, or is malformed");
  }

  private static boolean isTooLarge(IOException failure) {
    return failure instanceof SizeException || failure.getCause() instanceof SizeException;
  }

  private static EdjException unreadable(String reason) {
    return EdjException.invalid("form", reason);
  }

  @Override
  public void close() throws IOException {
    for (SpooledFile file : spooled) {
      file.close();
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    List<String> values = texts.get(name);
    return values == null ? null : values.getFirst();
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    List<String> values = texts.get(name);
    return values == null ? null : values.toArray(String[]::new);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(texts.keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = new LinkedHashMap<>();
    texts.forEach((name, values) -> all.put(name, values.toArray(String[]::new)));
    return all;
  }

  @Override
  public @Nullable String getMultipartContentType(String name) {
    MultipartFile file = files.getFirst(name);
    return file == null ? null : file.getContentType();
  }

  /// Nobody asks for them.
  @Override
  public @Nullable HttpHeaders getMultipartHeaders(String name) {
    return null;
  }
}
