/// Forms that bring files. What all of them share: the token stands first and is checked before
/// anything else of the form is read, files go to the disk and never to memory as a whole, and how
/// much, how long and how many at once is limited.
@NullMarked
package dev.edj.portal.upload;

import org.jspecify.annotations.NullMarked;
