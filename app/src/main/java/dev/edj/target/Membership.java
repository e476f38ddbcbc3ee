package dev.edj.target;

/// How a child stands in its collection; an exclusion wins over every inclusion.
public enum Membership {
  Include,
  Exclude
}
