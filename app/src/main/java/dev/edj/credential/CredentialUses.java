package dev.edj.credential;

/// By how many jobs and targets a credential is named.
public record CredentialUses(int jobs, int targets) {

  public static final CredentialUses NONE = new CredentialUses(0, 0);
}
