/// What the two doors of the service share: what a failure is to whoever asked, which paths are the
/// API's, and under which host names anybody is answered.
@NullMarked
package dev.edj.web;

import org.jspecify.annotations.NullMarked;
