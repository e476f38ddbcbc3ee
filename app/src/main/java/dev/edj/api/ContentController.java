package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/contents")
@Tag(name = "Contents")
class ContentController {

  private static final String LATEST = "latest";

  private final Contents contents;

  ContentController(Contents contents) {
    this.contents = contents;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "All contents")
  List<Content> listContents() {
    return contents.list();
  }

  @PostMapping
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a content with its first version")
  ResponseEntity<Content> createContent(@RequestBody NewContent content) {
    Content created = contents.create(content);
    return ResponseEntity.created(Locations.of("contents", created.name())).body(created);
  }

  @PostMapping(path = "/{name}/dacpac", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Create a content of a data-tier package, which is the body; what cannot be one is refused"
              + " with the reason")
  @PackageBody
  ResponseEntity<Content> createDacpac(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String comment,
      HttpServletRequest request)
      throws IOException {
    Content created = contents.createDacpac(name, request.getInputStream(), comment);
    return ResponseEntity.created(Locations.of("contents", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One content")
  Content content(@PathVariable String name) {
    return contents.named(name);
  }

  @DeleteMapping("/{name}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a content that nothing uses, with all its versions")
  void deleteContent(@PathVariable String name) {
    contents.delete(name);
  }

  @GetMapping("/{name}/versions")
  @Allowed(Permission.READ)
  @Operation(summary = "All versions of a content, without their texts")
  List<ContentVersion> listContentVersions(@PathVariable String name) {
    return contents.versions(name);
  }

  @PostMapping("/{name}/versions")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Add a version to a content; with the `expectedVersion` that it was made of, it is refused"
              + " when there is a newer one by then")
  ResponseEntity<ContentVersion> addContentVersion(
      @PathVariable String name, @RequestBody NewContentVersion version) {
    ContentVersion added = contents.addVersion(name, version);
    return ResponseEntity.created(
            Locations.of("contents", added.content(), "versions/" + added.version()))
        .body(added);
  }

  @PostMapping(
      path = "/{name}/versions/dacpac",
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.CONTENT)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Add a version of a data-tier package, which is the body")
  @PackageBody
  ResponseEntity<ContentVersion> addDacpacVersion(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String comment,
      @RequestParam(required = false) @Nullable Integer expectedVersion,
      HttpServletRequest request)
      throws IOException {
    ContentVersion added =
        contents.addDacpacVersion(name, request.getInputStream(), comment, expectedVersion);
    return ResponseEntity.created(
            Locations.of("contents", added.content(), "versions/" + added.version()))
        .body(added);
  }

  @GetMapping(
      path = "/{name}/versions/{version}/dacpac",
      produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Allowed(Permission.READ)
  @Operation(summary = "The file of a version that is a data-tier package; `latest` is the newest")
  ResponseEntity<byte[]> contentDacpac(@PathVariable String name, @PathVariable String version) {
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(name + ".dacpac", StandardCharsets.UTF_8)
                .build()
                .toString())
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(contents.dacpacFile(name, number(version)));
  }

  @GetMapping("/{name}/versions/{version}")
  @Allowed(Permission.READ)
  @Operation(summary = "One version with its text; `latest` is the newest")
  ContentVersion contentVersion(@PathVariable String name, @PathVariable String version) {
    return contents.version(name, number(version));
  }

  /// How the OpenAPI document describes a body that is a file.
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content =
          @io.swagger.v3.oas.annotations.media.Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  private @interface PackageBody {}

  private static @Nullable Integer number(String version) {
    if (version.equals(LATEST)) {
      return null;
    }
    try {
      return Integer.valueOf(version);
    } catch (NumberFormatException e) {
      throw EdjException.invalid("version", "must be a whole number or '" + LATEST + "'");
    }
  }
}
