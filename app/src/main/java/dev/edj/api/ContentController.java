package dev.edj.api;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.problem.EdjException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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
  @Operation(summary = "All contents")
  List<Content> listContents() {
    return contents.list();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a content with its first version")
  ResponseEntity<Content> createContent(@RequestBody NewContent content) {
    Content created = contents.create(content);
    return ResponseEntity.created(Locations.of("contents", created.name())).body(created);
  }

  @GetMapping("/{name}")
  @Operation(summary = "One content")
  Content content(@PathVariable String name) {
    return contents.named(name);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a content that nothing uses, with all its versions")
  void deleteContent(@PathVariable String name) {
    contents.delete(name);
  }

  @GetMapping("/{name}/versions")
  @Operation(summary = "All versions of a content, without their texts")
  List<ContentVersion> listContentVersions(@PathVariable String name) {
    return contents.versions(name);
  }

  @PostMapping("/{name}/versions")
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

  @GetMapping("/{name}/versions/{version}")
  @Operation(summary = "One version with its text; `latest` is the newest")
  ContentVersion contentVersion(@PathVariable String name, @PathVariable String version) {
    return contents.version(name, number(version));
  }

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
