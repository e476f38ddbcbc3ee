/// What all pages share: layout, assets, paths, errors, and how values are written.
///
/// Templates and assets are in `src/main/resources/portal`; how a page is added is told in
/// [dev.edj.portal].
@NullMarked
package dev.edj.portal.site;

import org.jspecify.annotations.NullMarked;
