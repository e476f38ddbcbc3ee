package dev.edj.bundle;

/// How much of what there may be any amount of is in a bundle.
///
/// @param children of an execution
/// @param attempted of those, for how many their attempts are told, with their logs
/// @param attempts of each execution, the newest
/// @param logCharacters of one attempt's log; of a longer one its beginning and its end
/// @param allLogCharacters of all logs
/// @param events of the audit log
record Limits(
    int children,
    int attempted,
    int attempts,
    int logCharacters,
    long allLogCharacters,
    int events) {

  static final Limits USUAL = new Limits(1_000, 200, 1_000, 256 * 1024, 32L * 1024 * 1024, 500);
}
