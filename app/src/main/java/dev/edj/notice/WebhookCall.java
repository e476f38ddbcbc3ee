package dev.edj.notice;

import dev.edj.notice.Answer.Verdict;
import dev.edj.outward.AllowedHosts;
import dev.edj.outward.Errand;
import dev.edj.outward.Outward;
import dev.edj.outward.OutwardRefusal;
import dev.edj.problem.EdjException;
import dev.edj.security.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Sends webhooks to hosts that are allowed. Their addresses are never written down: a path may be
/// what opens the door.
final class WebhookCall {

  static final String FIELD = "webhook";

  private static final Errand ERRAND =
      new Errand(FIELD, "--notice-host", "notices may not be sent to", "notices are sent there");

  private static final int GONE = 410;

  /// More than is shown, so that an address which is repeated in it is not cut in two.
  private static final int LONGEST_READ = 5_000;

  private static final int SHORTEST_SECRET = 6;

  private final Outward outward;
  private final Duration whole;

  /// @param hosts that may be sent to
  WebhookCall(AllowedHosts hosts) {
    this(
        hosts,
        HttpsURLConnection.getDefaultSSLSocketFactory(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15));
  }

  /// @param connecting how long that may take
  /// @param whole how long all of a call may
  WebhookCall(AllowedHosts hosts, SSLSocketFactory tls, Duration connecting, Duration whole) {
    this.outward = new Outward(ERRAND, hosts, tls, connecting, whole);
    this.whole = whole;
  }

  /// The address, when something may be sent there.
  ///
  /// @throws EdjException of the field `webhook`
  URI required(String webhook) {
    URI address = Outward.checked(FIELD, webhook);
    outward.require(address);
    return address;
  }

  /// Sends a body with a signature by each of the keys.
  Answer send(String webhook, String id, Instant now, String body, List<SigningKey> keys) {
    return CallTime.within(whole, known -> answer(webhook, id, now, body, keys, known));
  }

  private Answer answer(
      String webhook,
      String id,
      Instant now,
      String body,
      List<SigningKey> keys,
      Consumer<Answer> known) {
    URI address = URI.create(webhook);
    try {
      HttpURLConnection connection = outward.open(address);
      try {
        return exchange(connection, address, id, now.getEpochSecond(), body, keys, known);
      } finally {
        connection.disconnect();
      }
    } catch (OutwardRefusal e) {
      return Answer.later(e.sentence());
    } catch (EdjException e) {
      return Answer.later(e.text());
    } catch (IOException e) {
      return Answer.later(Outward.reason(e));
    }
  }

  /// Of a length that is known, so that nothing of it is sent again behind our back.
  private static Answer exchange(
      HttpURLConnection connection,
      URI address,
      String id,
      long seconds,
      String body,
      List<SigningKey> keys,
      Consumer<Answer> known)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(bytes.length);
    connection.setRequestProperty("Connection", "close");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("webhook-id", id);
    connection.setRequestProperty("webhook-timestamp", String.valueOf(seconds));
    connection.setRequestProperty(
        "webhook-signature",
        keys.stream()
            .map(key -> key.signature(id, seconds, body))
            .collect(Collectors.joining(" ")));
    connection.getOutputStream().write(bytes);
    int status = Outward.status(connection);
    Duration retryAfter =
        retryAfter(connection.getHeaderField("Retry-After"), Instant.ofEpochSecond(seconds));
    known.accept(
        new Answer(verdict(status), status, "the rest of its answer did not come", retryAfter));
    return new Answer(verdict(status), status, said(connection, address, status), retryAfter);
  }

  private static Verdict verdict(int status) {
    if (status >= 200 && status < 300) {
      return Verdict.TAKEN;
    }
    return status == GONE ? Verdict.NEVER : Verdict.LATER;
  }

  /// The beginning of the answer; the rest is not read. By its status the receiver has said whether
  /// it has the notice, so that an answer which breaks off changes nothing.
  private static String said(HttpURLConnection connection, URI address, int status) {
    if (status >= 300 && status < 400) {
      return "it redirects elsewhere, and redirects are not followed";
    }
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return in == null
          ? ""
          : without(address, new String(in.readNBytes(LONGEST_READ), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "its answer broke off";
    }
  }

  /// Servers that know no such address like to repeat it.
  static String without(URI address, String text) {
    String shown = text;
    for (String secret : secrets(address)) {
      shown = shown.replace(secret, "…");
    }
    return shown;
  }

  /// The path and the query of an address, and what is in them that may be secret by itself, the
  /// longest first.
  private static List<String> secrets(URI address) {
    return Stream.of(
            address.getRawPath(), address.getPath(), address.getRawQuery(), address.getQuery())
        .filter(Objects::nonNull)
        .flatMap(part -> Stream.concat(Stream.of(part), Arrays.stream(part.split("[/&=]"))))
        .filter(part -> part.length() >= SHORTEST_SECRET)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /// In seconds or as a time.
  static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      return Duration.between(
          now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
