package dev.edj.api;

import dev.edj.web.Problem;
import dev.edj.web.StreamedAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Lists of any length: all of one, sent while it is read, or a page of it, with a link to the
/// next.
final class Lists {

  /// How many are in memory at a time where all are wanted.
  private static final int PORTION = 1_000;

  private static final String AFTER = "after";

  private final JsonMapper mapper;

  Lists(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// Reads items behind one of them, in the order of the list.
  interface Reading<T> {

    /// The next ones.
    ///
    /// @param after what the last item before says of itself; null for the first
    List<T> read(@Nullable String after, int limit);
  }

  /// Answers with a list.
  ///
  /// @param after where to begin; null for the beginning
  /// @param limit the most items; null for all
  /// @param key what an item is called as `after`
  <T> void send(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String after,
      @Nullable Integer limit,
      Function<T, String> key,
      Reading<T> reading)
      throws Exception {
    if (limit == null) {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      StreamedAnswer.send(request, response, new All<>(after, key, reading));
      return;
    }
    Bounds.between("limit", limit, 1, Bounds.LARGEST_PAGE);
    List<T> found = reading.read(after, limit + 1);
    List<T> page = found.subList(0, Math.min(limit, found.size()));
    if (found.size() > limit) {
      response.setHeader(
          HttpHeaders.LINK,
          "<%s>; rel=\"next\"".formatted(next(request, key.apply(page.getLast()))));
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    mapper.writeValue(response.getOutputStream(), page);
  }

  /// The same question, asked from there on.
  private static String next(HttpServletRequest request, String after) {
    Stream<String> same =
        request.getParameterMap().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(AFTER))
            .flatMap(parameter ->
                Stream.of(parameter.getValue()).map(value -> query(parameter.getKey(), value)));
    return request.getRequestURI()
        + Stream.concat(same, Stream.of(query(AFTER, after)))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String query(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private final class All<T> implements StreamedAnswer.Body {

    private final @Nullable String begin;
    private final Function<T, String> key;
    private final Reading<T> reading;

    All(@Nullable String begin, Function<T, String> key, Reading<T> reading) {
      this.begin = begin;
      this.key = key;
      this.reading = reading;
    }

    /// Closes the array only where all of it is there.
    @Override
    public void write(OutputStream out) {
      SequenceWriter items =
          mapper
              .writer()
              .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
              .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
              .writeValuesAsArray(out);
      String after = begin;
      List<T> portion;
      do {
        portion = reading.read(after, PORTION);
        items.writeAll(portion);
        after = portion.isEmpty() ? after : key.apply(portion.getLast());
      } while (portion.size() == PORTION);
      items.close();
    }

    @Override
    public boolean giveUp(Problem problem) {
      return false;
    }
  }
}
