package dev.edj.credential;

import java.util.List;

/// Who uses a credential, by their names.
public record CredentialUsers(List<String> jobs, List<String> targets) {}
