package dev.edj.cli;

import dev.edj.files.kind.Service;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
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
    try {
      return api.list(type, ApiPath.of(path)).value();
    } catch (CommandException e) {
      // What there is none of is an empty list, so that only the route can be missing.
      if (path.length == 1 && e.exitCode() == ExitCode.NOT_FOUND) {
        throw tooOld(path[0]);
      }
      throw e;
    }
  }

  private EdjException tooOld(String kind) {
    String version =
        api.get(JsonNode.class, ApiPath.of("service")).json().path("version").asString("");
    return new EdjException(
        ErrorCode.NOT_FOUND,
        null,
        ("the service is EDJ %s, older than this edj, and has no %s yet; upgrade it, leave '%s' out of the"
                + " files, or use the edj of its version")
            .formatted(version, kind, kind));
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
