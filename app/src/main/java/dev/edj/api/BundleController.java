package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.bundle.Bundle;
import dev.edj.bundle.Bundles;
import dev.edj.web.Problem;
import dev.edj.web.StreamedAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/executions/{id}/bundle")
@Tag(name = "Executions")
class BundleController {

  private static final String ZIP = "application/zip";

  private final Bundles bundles;

  BundleController(Bundles bundles) {
    this.bundles = bundles;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "All that helps to find out what became of an execution, or of one child, in a zip:"
              + " definitions, children, attempts, logs, events, nodes, the control database, metrics;"
              + " nothing that is secret. When it cannot be finished, the connection is broken off")
  @ApiResponse(responseCode = "200", description = "The files", content = @Content(mediaType = ZIP))
  void executionBundle(
      @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    Bundle bundle = bundles.of(id);
    response.setContentType(ZIP);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s.zip\"".formatted(bundle.name()));
    StreamedAnswer.send(request, response, new Body(bundle));
  }

  private record Body(Bundle bundle) implements StreamedAnswer.Body {

    @Override
    public void write(OutputStream out) throws IOException {
      bundle.write(out);
    }

    @Override
    public boolean giveUp(Problem problem) {
      return false;
    }
  }
}
