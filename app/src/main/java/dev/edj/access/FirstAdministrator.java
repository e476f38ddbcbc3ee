package dev.edj.access;

/// The user that is there before there are others, with a password that is shown this once.
public record FirstAdministrator(String name, String password) {

  @Override
  public String toString() {
    return "FirstAdministrator[name=" + name + "]";
  }
}
