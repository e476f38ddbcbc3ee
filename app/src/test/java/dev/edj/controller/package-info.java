@NullMarked
package dev.edj.controller;

import org.jspecify.annotations.NullMarked;
