package dev.edj.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/// Paths of things by their names, for `Location` headers: without a host, because the one in the
/// request may be anything.
final class Locations {

  static final String BASE = "/api/v1";

  private Locations() {}

  static URI of(String collection, String name) {
    return URI.create(
        BASE + "/" + collection + "/" + UriUtils.encode(name, StandardCharsets.UTF_8));
  }

  static URI of(String collection, String name, String rest) {
    return URI.create(of(collection, name) + "/" + rest);
  }
}
