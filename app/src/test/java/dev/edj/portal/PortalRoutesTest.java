package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Where the pages of the portal are.
class PortalRoutesTest {

  /// Else what somebody calls `new` has no page. Ids are given by the service.
  @Test
  void noPageStandsWhereAnotherIsFoundByAName() {
    Set<String> paths =
        PortalRoute.all().stream().map(PortalRoute::path).collect(Collectors.toSet());
    List<String> beforeNames =
        paths.stream()
            .filter(path -> path.contains("{") && !path.contains("/{id}"))
            .map(path -> path.substring(0, path.indexOf('{')))
            .distinct()
            .toList();

    assertThat(beforeNames).contains("/jobs/", "/notices/", "/targets/", "/users/");
    assertThat(paths)
        .noneMatch(path ->
            beforeNames.stream()
                .anyMatch(
                    before -> path.startsWith(before) && path.charAt(before.length()) != '{'));
  }
}
