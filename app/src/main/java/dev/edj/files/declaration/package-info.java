/// What files declare: the fields of the API's requests, where secrets are named by where they are.
@NullMarked
package dev.edj.files.declaration;

import org.jspecify.annotations.NullMarked;
