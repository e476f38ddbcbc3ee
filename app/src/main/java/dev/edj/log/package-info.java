/// The form of the service's log: what its lines say besides their text ([LogFields]), and how
/// programs read them ([LogLines]). What may be in it at all is a matter of `secrecy`.
@NullMarked
package dev.edj.log;

import org.jspecify.annotations.NullMarked;
