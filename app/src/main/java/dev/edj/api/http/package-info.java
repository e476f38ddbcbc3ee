/// What all routes share: strict JSON and query parameters, limits, and errors as RFC 9457
/// problems.
@NullMarked
package dev.edj.api.http;

import org.jspecify.annotations.NullMarked;
