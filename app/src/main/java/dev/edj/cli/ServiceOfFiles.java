package dev.edj.cli;

import dev.edj.files.kind.Service;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The service as declarative files see it, over its REST API.
record ServiceOfFiles(ApiClient api) implements Service {

  @Override
  public <T> T read(Class<T> type, String... path) {
    return api.get(type, ApiPath.of(path)).value();
  }

  @Override
  public <T> List<T> list(Class<T> type, String... path) {
    return api.list(type, ApiPath.of(path)).value();
  }

  @Override
  public void send(String method, JsonNode body, String... path) {
    api.order(method, ApiPath.of(path), body);
  }

  @Override
  public void order(String method, Map<String, String> query, String... path) {
    api.order(method, withQuery(query, path), null);
  }

  @Override
  public <T> T make(Class<T> type, JsonNode body, String... path) {
    return api.post(type, ApiPath.of(path), body).value();
  }

  @Override
  public void delete(String... path) {
    api.order("DELETE", ApiPath.of(path), null);
  }

  @Override
  public boolean has(String... path) {
    try {
      api.get(JsonNode.class, ApiPath.of(path));
      return true;
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void sendFile(byte[] bytes, Map<String, String> query, String... path) {
    api.postFile(JsonNode.class, withQuery(query, path), BodyPublishers.ofByteArray(bytes));
  }

  private static ApiPath withQuery(Map<String, String> query, String... path) {
    ApiPath with = ApiPath.of(path);
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      with = with.with(parameter.getKey(), parameter.getValue());
    }
    return with;
  }

  @Override
  public InputStream download(String... path) {
    return api.stream(ApiPath.of(path));
  }
}
