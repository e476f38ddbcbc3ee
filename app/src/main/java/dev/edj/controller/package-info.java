/// The controller decides: it carries a run from its start to its children, and ends, cancels,
/// times out and gives back what no worker will report. One class per duty; every node may perform
/// all of them at once.
@NullMarked
package dev.edj.controller;

import org.jspecify.annotations.NullMarked;
