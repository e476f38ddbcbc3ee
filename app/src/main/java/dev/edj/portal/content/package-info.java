/// The pages of contents: their list, a version of one with its script, and what differs between
/// two.
@NullMarked
package dev.edj.portal.content;

import org.jspecify.annotations.NullMarked;
