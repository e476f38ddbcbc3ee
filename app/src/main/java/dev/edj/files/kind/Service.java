package dev.edj.files.kind;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The service that files are compared with and applied to: its REST API, whoever speaks to it. A
/// path is given by its segments, which may hold any character.
public interface Service {

  <T> T read(Class<T> type, String... path);

  /// All of a kind; an [dev.edj.problem.EdjException] with `NOT_FOUND` when the service is of a
  /// version that has no such kind.
  <T> List<T> list(Class<T> type, String... path);

  void send(String method, JsonNode body, String... path);

  /// An order without a body.
  void order(String method, Map<String, String> query, String... path);

  /// What is made, as the service answers it this once.
  <T> T make(Class<T> type, JsonNode body, String... path);

  void delete(String... path);

  /// Whether there is something.
  boolean has(String... path);

  void sendFile(byte[] bytes, Map<String, String> query, String... path);

  InputStream download(String... path);
}
