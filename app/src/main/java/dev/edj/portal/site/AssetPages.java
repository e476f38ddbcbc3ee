package dev.edj.portal.site;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Gives out the assets. A page of another version of EDJ gets today's, and is not to keep them.
@Controller
final class AssetPages {

  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Assets assets;

  AssetPages(Assets assets) {
    this.assets = assets;
  }

  @GetMapping(Assets.PATH + "{version}/{name}")
  @Allowed(Permission.ANYONE)
  ResponseEntity<byte[]> asset(@PathVariable String version, @PathVariable String name) {
    return ResponseEntity.ok()
        .cacheControl(
            assets.isCurrent(version)
                ? CacheControl.maxAge(FOR_EVER).cachePublic().immutable()
                : CacheControl.noCache())
        .contentType(assets.type(name))
        .body(assets.content(name));
  }
}
