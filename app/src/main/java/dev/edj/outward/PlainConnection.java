package dev.edj.outward;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request over HTTP without encryption, to an address that was looked at. Java's own connection
/// looks its host's name up by itself, and may find another one; with encryption `GuardedSockets`
/// look at what it found.
///
/// One request and one answer, which ends the connection. A body is of a length that is known
/// (`setFixedLengthStreamingMode`). Used by one thread.
final class PlainConnection extends HttpURLConnection {

  private static final int PORT = 80;

  private final URI uri;
  private final InetAddress address;
  private @Nullable Socket socket;
  private @Nullable PlainAnswer answer;

  PlainConnection(URI uri, InetAddress address) throws MalformedURLException {
    super(uri.toURL());
    this.uri = URI.create(uri.toASCIIString());
    this.address = address;
  }

  @Override
  public void connect() throws IOException {
    dialled();
  }

  private Socket dialled() throws IOException {
    if (socket == null) {
      String head = head();
      Socket dialled = new Socket(Proxy.NO_PROXY);
      socket = dialled;
      dialled.connect(
          new InetSocketAddress(address, uri.getPort() < 0 ? PORT : uri.getPort()),
          getConnectTimeout());
      dialled.setSoTimeout(getReadTimeout());
      dialled.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      connected = true;
    }
    return socket;
  }

  private String head() {
    StringBuilder head =
        new StringBuilder("%s %s HTTP/1.1\r\n".formatted(getRequestMethod(), target()));
    line(head, "Host", uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    line(head, "Connection", "close");
    if (fixedContentLengthLong >= 0) {
      line(head, "Content-Length", String.valueOf(fixedContentLengthLong));
    } else if (fixedContentLength >= 0) {
      line(head, "Content-Length", String.valueOf(fixedContentLength));
    }
    getRequestProperties()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("Connection")) {
            values.forEach(value -> line(head, name, value));
          }
        });
    return head.append("\r\n").toString();
  }

  private String target() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static void line(StringBuilder head, String name, String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("header %s has several lines".formatted(name));
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return dialled().getOutputStream();
  }

  @Override
  public int getResponseCode() throws IOException {
    return answered().status();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    PlainAnswer received = answered();
    if (received.status() >= HTTP_BAD_REQUEST) {
      throw new IOException("it answers with status %d".formatted(received.status()));
    }
    return received.body();
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return answer == null || answer.status() < HTTP_BAD_REQUEST ? null : answer.body();
  }

  private PlainAnswer answered() throws IOException {
    if (answer == null) {
      answer = PlainAnswer.read(new BufferedInputStream(dialled().getInputStream()));
    }
    return answer;
  }

  /// Of an answer that was read.
  @Override
  public @Nullable String getHeaderField(String name) {
    return answer == null ? null : answer.header(name);
  }

  @Override
  public void disconnect() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException _) {
        // Nobody has any use for it any more.
      }
    }
  }

  @Override
  public boolean usingProxy() {
    return false;
  }
}
