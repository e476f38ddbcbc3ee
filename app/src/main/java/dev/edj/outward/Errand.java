package dev.edj.outward;

import java.util.Locale;

/// What requests are sent for, as far as refusals have to say so.
///
/// @param field of the API that names an address
/// @param option of `edj serve` by which its hosts are allowed
/// @param doing with a place behind: `packages may not be fetched from`
/// @param done likewise: `it is fetched from there`
public record Errand(String field, String option, String doing, String done) {

  String variable() {
    return "EDJ" + option.substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
