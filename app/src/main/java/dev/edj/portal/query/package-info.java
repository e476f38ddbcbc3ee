/// The page of fleet queries: a script on every database of a target, and what they answer as it
/// comes.
///
/// The page itself shows the first rows that are there, so that it can be read without scripts;
/// with them it reads the stream of rows that `edj query` reads, and how many databases have
/// answered, and what failed with the same words, comes as on any live page.
@NullMarked
package dev.edj.portal.query;

import org.jspecify.annotations.NullMarked;
