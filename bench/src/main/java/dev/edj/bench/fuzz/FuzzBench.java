package dev.edj.bench.fuzz;

import dev.edj.bench.fuzz.Requests.Made;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Requests that are nearly right, and wrong in every way, against a whole service on this machine.
@Command(
    name = "fuzz",
    description = "a hostile client of the API: no 5xx, no leak, no hang, nothing undocumented")
public final class FuzzBench implements Callable<Integer> {

  private static final int SHOWN = 20;

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  @Option(
      names = "--requests",
      defaultValue = "100000",
      description = "how many (${DEFAULT-VALUE})")
  private int requests;

  @Option(names = "--seed", defaultValue = "1", description = "of the requests (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--clients",
      defaultValue = "8",
      description = "how many requests are under way at a time (${DEFAULT-VALUE})")
  private int clients;

  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentSkipListMap<>();
  private final Map<Integer, String> faults = new ConcurrentSkipListMap<>();

  @Override
  public Integer call() throws Exception {
    lookUpNothing();
    long begin = System.nanoTime();
    try (FuzzedService service = new FuzzedService()) {
      ApiDocument document = documentOf(service);
      Values values =
          new Values(
              document, service.targetName(), service.targetUser(), service.targetPassword());
      prepare(service);
      Requests made =
          new Requests(document.operations(), values, service.host(), service.token(), seed);
      Judge judge =
          new Judge(
              List.of(service.targetPassword(), service.token(), service.directory().toString()));
      sendAll(service, made, values, judge);
      if (get(service, "/api/v1/service").status() != 200) {
        faults.put(requests, "the service does not answer any more");
      }
    }
    print((System.nanoTime() - begin) / 1e9);
    return faults.isEmpty() ? 0 : 1;
  }

  /// Only names of this machine have an address in this process, so that nothing is asked of
  /// others.
  private static void lookUpNothing() throws IOException {
    Path hosts = Files.createTempFile("edj-fuzz-hosts", "");
    Files.writeString(hosts, "127.0.0.1 localhost\n::1 localhost\n");
    hosts.toFile().deleteOnExit();
    System.setProperty("jdk.net.hosts.file", hosts.toString());
  }

  private static ApiDocument documentOf(FuzzedService service) throws IOException {
    return new ApiDocument(JsonMapper.shared().readTree(get(service, "/openapi.json").body()));
  }

  private static HttpAnswer get(FuzzedService service, String path) throws IOException {
    return send(service, "GET", path, "");
  }

  private static HttpAnswer send(FuzzedService service, String method, String path, String json)
      throws IOException {
    return service.send(
        """
        %s %s HTTP/1.1\r
        Host: %s\r
        Connection: close\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(method, path, service.host(), service.token(), json.length(), json)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /// Something that works, so that there are executions with results.
  private static void prepare(FuzzedService service) throws IOException {
    List<List<String>> steps =
        List.of(
            List.of(
                "credentials",
                "{\"name\": \"n0\", \"userName\": \"%s\", \"password\": \"%s\", \"servers\": [\"%s\"]}"
                    .formatted(
                        service.targetUser(), service.targetPassword(), service.targetName())),
            List.of(
                "targets",
                "{\"kind\": \"Server\", \"name\": \"n1\", \"server\": \"%s\", \"settings\": {\"tls\": \"DISABLE\"}}"
                    .formatted(service.targetName())),
            List.of("targets", "{\"kind\": \"CustomCollection\", \"name\": \"n0\"}"),
            List.of("targets/n0/children", "{\"target\": \"n1\"}"),
            List.of("contents", "{\"name\": \"n0\", \"text\": \"SELECT 1 AS a\"}"),
            List.of(
                "jobs",
                "{\"name\": \"n0\", \"steps\": [{\"content\": \"n0\", \"credential\": \"n0\", \"target\": \"n0\"}]}"),
            List.of("jobs/n0/start", "{}"));
    for (List<String> step : steps) {
      HttpAnswer answer = send(service, "POST", "/api/v1/" + step.getFirst(), step.getLast());
      if (answer.status() >= 300 || answer.status() == 0) {
        throw new IllegalStateException(step.getFirst() + ": " + answer);
      }
    }
  }

  private void sendAll(FuzzedService service, Requests made, Values values, Judge judge)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ends.add(
            threads.submit(() -> {
              for (int number = next.getAndIncrement();
                  number < requests;
                  number = next.getAndIncrement()) {
                sendOne(service, made.make(number), values, judge);
              }
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private void sendOne(FuzzedService service, Made request, Values values, Judge judge)
      throws IOException {
    Optional<String> fault;
    try {
      HttpAnswer answer = service.send(request.bytes());
      answers.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
      Matcher ids = ID.matcher(answer.body());
      if (ids.find()) {
        values.remember(ids.group(1));
      }
      fault =
          judge.faultOf(request, answer).map(sentence -> sentence + "\n  " + cut(answer.body()));
    } catch (SocketTimeoutException e) {
      fault = Optional.of("no answer in time");
    }
    fault.ifPresent(sentence -> faults.put(request.number(), sentence + "\n  " + request));
  }

  private static String cut(String text) {
    return text.length() > 1_000 ? text.substring(0, 1_000) + "…" : text;
  }

  private void print(double seconds) {
    faults.values().stream().limit(SHOWN).forEach(fault -> System.out.printf("FAULT: %s%n", fault));
    System.out.printf(
        "%,d requests in %.0f s, seed %d, answers by status (0: none) %s%n",
        requests, seconds, seed, answers);
    System.out.printf("%d faults%n", faults.size());
  }
}
