/// Declarative files: what people want a service to have, in YAML; what differs from what it has,
/// and how the one becomes the other.
///
/// Files are bound to records by their types, and each value keeps its place
/// ([dev.edj.files.source]). Fields are those of the API ([dev.edj.files.declaration]). A kind of
/// object says what it would be with all that a file leaves out, in the API's JSON, and so does
/// what the service has; whatever differs between the two is the plan ([dev.edj.files.kind]).
@NullMarked
package dev.edj.files;

import org.jspecify.annotations.NullMarked;
