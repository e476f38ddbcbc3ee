/// The kinds of objects that files declare: how each is compared, made, changed and deleted.
@NullMarked
package dev.edj.files.kind;

import org.jspecify.annotations.NullMarked;
