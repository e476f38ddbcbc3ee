package dev.edj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.Cli;
import dev.edj.cli.manual.CommandManual;
import dev.edj.settings.Setting;
import dev.edj.text.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What runs EDJ elsewhere says only what EDJ knows: commands, options, variables, paths and ports.
class ManifestsTest {

  private static final Path FILES = Path.of("../packaging/files");
  private static final int PORT = 8740;
  private static final Duration HANDING_BACK = Duration.ofSeconds(20);

  private final CommandManual edj = Cli.manual();
  private final Set<String> variables = variables();

  @Test
  void everyManifestIsNamedAndInItsNamespace() throws IOException {
    List<JsonNode> all = manifests();
    assertThat(all).hasSizeGreaterThan(10);
    for (JsonNode manifest : all) {
      assertThat(manifest.path("apiVersion").asString("")).as(manifest.toString()).isNotEmpty();
      assertThat(manifest.path("metadata").path("name").asString("")).isNotEmpty();
      if (!manifest.path("kind").asString().equals("Namespace")) {
        assertThat(manifest.path("metadata").path("namespace").asString()).isEqualTo("edj");
      }
    }
    JsonNode kustomization = read(FILES.resolve("kubernetes/kustomization.yaml")).getFirst();
    assertThat(kustomization.path("resources").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(
            "namespace.yaml",
            "settings.yaml",
            "migrate.yaml",
            "api.yaml",
            "worker.yaml",
            "network.yaml")
        .allSatisfy(name -> assertThat(FILES.resolve("kubernetes").resolve(name)).exists());
  }

  @Test
  void containersRunCommandsThatThereAre() throws IOException {
    for (JsonNode container : containers()) {
      List<String> words = texts(container.path("args"));
      assertCommand(words);
      assertThat(container.path("image").asString()).isEqualTo("edj");
      assertThat(container.path("securityContext").path("readOnlyRootFilesystem").asBoolean())
          .isTrue();
    }
  }

  @Test
  void variablesAreSettings() throws IOException {
    for (JsonNode manifest : manifests()) {
      Stream.of(manifest.path("data"), manifest.path("stringData"))
          .flatMap(values -> values.propertyStream())
          .forEach(value -> assertThat(variables).contains(value.getKey()));
    }
    for (JsonNode container : containers()) {
      container
          .path("env")
          .forEach(variable -> assertThat(variables).contains(variable.path("name").asString()));
    }
  }

  @Test
  void whatContainersAreGivenIsDefined() throws IOException {
    Set<String> named = new LinkedHashSet<>();
    manifests().forEach(manifest -> named.add(kindAndName(manifest)));
    for (JsonNode container : containers()) {
      container
          .path("envFrom")
          .forEach(source -> {
            String kind = source.has("secretRef") ? "Secret " : "ConfigMap ";
            String field = source.has("secretRef") ? "secretRef" : "configMapRef";
            assertThat(named).contains(kind + source.path(field).path("name").asString());
          });
    }
  }

  @Test
  void selectorsMeetThePodsThatTheyAreFor() throws IOException {
    List<JsonNode> pods =
        manifests().stream()
            .map(manifest -> manifest.path("spec").path("template").path("metadata").path("labels"))
            .filter(JsonNode::isObject)
            .toList();
    for (JsonNode manifest : manifests()) {
      for (String field : List.of("selector", "podSelector")) {
        JsonNode selector = manifest.path("spec").path(field);
        JsonNode labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
        if (labels.isObject()) {
          assertThat(pods)
              .as(kindAndName(manifest))
              .anyMatch(pod ->
                  labels
                      .propertyStream()
                      .allMatch(label -> label.getValue().equals(pod.path(label.getKey()))));
        }
      }
    }
  }

  @Test
  void doorsArePathsAndPortsOfTheService() throws IOException {
    JsonNode api = container("edj-api");
    assertThat(api.path("ports").path(0).path("containerPort").asInt()).isEqualTo(PORT);
    assertThat(texts(api.path("args"))).contains("--port", Integer.toString(PORT));
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonNode how = api.path(probe);
      assertThat(how.findValues("port").stream().map(JsonNode::asString)).containsExactly("http");
      assertThat(how.path("httpGet").path("path").asString("/actuator/health"))
          .isEqualTo("/actuator/health");
    }
  }

  @Test
  void whatStopsANodeGivesItTheTimeThatItWants() throws IOException {
    for (JsonNode deployment : manifests()) {
      JsonNode pod = deployment.path("spec").path("template").path("spec");
      List<String> words = texts(pod.path("containers").path(0).path("args"));
      if (words.contains("serve")) {
        int grace = words.indexOf("--grace");
        Duration wanted = grace < 0 ? Duration.ofSeconds(5) : Durations.parse(words.get(grace + 1));
        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt()))
            .isGreaterThanOrEqualTo(wanted.plus(HANDING_BACK).plusSeconds(5));
      }
    }
    String unit = Files.readString(FILES.resolve("systemd/edj.service"));
    Duration grace = Durations.parse(only(unit, "EDJ_GRACE=(\\S+)"));
    assertThat(Duration.ofSeconds(Long.parseLong(only(unit, "TimeoutStopSec=(\\d+)"))))
        .isGreaterThanOrEqualTo(grace.plus(HANDING_BACK));
  }

  @Test
  void theUnitAndTheContainerfileRunCommandsThatThereAre() throws IOException {
    String unit = Files.readString(FILES.resolve("systemd/edj.service"));
    assertCommand(words(only(unit, "ExecStart=/opt/edj/bin/edj (.+)")));
    assertThat(only(unit, "Environment=EDJ_DATA=(\\S+)")).isEqualTo("/var/lib/edj");
    assertThat(only(unit, "StateDirectory=(\\S+)")).isEqualTo("edj");

    String containerfile = Files.readString(FILES.resolve("container/Containerfile"));
    assertThat(only(containerfile, "ENTRYPOINT \\[\"(\\w+)\"]")).isEqualTo("edj");
    assertCommand(List.of(only(containerfile, "\nCMD \\[\"(\\w+)\"]")));
    assertThat(only(containerfile, "EXPOSE (\\d+)")).isEqualTo(Integer.toString(PORT));
    Matcher variable = Pattern.compile("\\b(EDJ_\\w+)=").matcher(containerfile + unit);
    assertThat(variable.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(variables::contains);
  }

  /// A verb that there is, with options that it has.
  private void assertCommand(List<String> words) {
    CommandManual command =
        edj.verbs().stream()
            .filter(verb -> verb.name().equals("edj " + words.getFirst()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(words + " is no command"));
    List<String> options =
        command.options().stream().flatMap(option -> option.names().stream()).toList();
    assertThat(words.stream().filter(word -> word.startsWith("--"))).allMatch(options::contains);
  }

  private static List<JsonNode> containers() throws IOException {
    List<JsonNode> containers = new ArrayList<>();
    for (JsonNode manifest : manifests()) {
      manifest
          .path("spec")
          .path("template")
          .path("spec")
          .path("containers")
          .forEach(containers::add);
    }
    assertThat(containers).hasSize(3);
    return containers;
  }

  private static JsonNode container(String deployment) throws IOException {
    return manifests().stream()
        .filter(manifest -> kindAndName(manifest).equals("Deployment " + deployment))
        .findFirst()
        .orElseThrow()
        .path("spec")
        .path("template")
        .path("spec")
        .path("containers")
        .path(0);
  }

  private static String kindAndName(JsonNode manifest) {
    return manifest.path("kind").asString()
        + " "
        + manifest.path("metadata").path("name").asString();
  }

  /// All but the list of them.
  private static List<JsonNode> manifests() throws IOException {
    List<JsonNode> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES.resolve("kubernetes"))) {
      for (Path file : files.sorted().toList()) {
        manifests.addAll(read(file));
      }
    }
    return manifests.stream()
        .filter(manifest -> !manifest.path("kind").asString().equals("Kustomization"))
        .toList();
  }

  private static List<JsonNode> read(Path file) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Iterable<Object> documents =
        new Yaml(new SafeConstructor(strict)).loadAll(Files.readString(file));
    return StreamSupport.stream(documents.spliterator(), false)
        .<JsonNode>map(mapper::valueToTree)
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  private static String only(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private static Set<String> variables() {
    Set<String> variables = new LinkedHashSet<>(Set.of("EDJ_DATA"));
    Setting.all().forEach(setting -> variables.add(setting.variable()));
    return variables;
  }
}
