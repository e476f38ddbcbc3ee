/// The REST API: one controller per noun, each a thin door to the operations of its feature.
///
/// Start reading at [dev.edj.api.ApiServer]. How requests are read and errors are written is in
/// `http`, who may come in is in `security`. Spring is known here and nowhere deeper.
@NullMarked
package dev.edj.api;

import org.jspecify.annotations.NullMarked;
