package dev.edj.parameter;

import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts secret parameters anew, a few at a time, wherever they are kept: those of all versions
/// of jobs and of ended executions too, because either can be started again.
public final class SecretRenewal {

  private static final Logger log = LoggerFactory.getLogger(SecretRenewal.class);
  private static final int BATCH = 50;

  /// The tables that have parameters.
  private static final List<String> CARRIERS =
      List.of(
          "job_version",
          "job_execution",
          "child_execution",
          "target_child",
          "target_database_value");

  private final Jdbi jdbi;

  public SecretRenewal(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// How many rows had a value under another key, and have it under this one now. A value that
  /// cannot be decrypted stays as it is, and is told in the log.
  public int renew(PrivateKeys keys, PublicKey key) {
    int renewed = 0;
    for (String carrier : CARRIERS) {
      renewed += renew(carrier, keys, key);
    }
    return renewed;
  }

  private int renew(String carrier, PrivateKeys keys, PublicKey key) {
    int renewed = 0;
    String after = "(0,0)";
    List<SecretCarrier> batch;
    do {
      batch = batch(carrier, key, after, keys);
      renewed += (int) batch.stream().filter(SecretCarrier::renewed).count();
      after = batch.isEmpty() ? after : batch.getLast().place();
    } while (batch.size() == BATCH);
    return renewed;
  }

  private List<SecretCarrier> batch(String carrier, PublicKey key, String after, PrivateKeys keys) {
    return jdbi.inTransaction(handle -> {
      SecretRenewalStore store = handle.attach(SecretRenewalStore.class);
      List<SecretCarrier> rows = new ArrayList<>();
      for (SecretCarrier row : store.underOtherKeys(carrier, key.keyId(), after, BATCH)) {
        String parameters = renewed(row, keys, key);
        boolean changed = !parameters.equals(ParameterValues.parse(row.parameters()).json());
        if (changed) {
          store.replace(carrier, row.place(), parameters);
        }
        rows.add(new SecretCarrier(row.place(), parameters, changed));
      }
      return rows;
    });
  }

  private static String renewed(SecretCarrier row, PrivateKeys keys, PublicKey key) {
    SortedMap<String, ParameterValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ParameterValues.parse(row.parameters())
        .byName()
        .forEach((name, value) -> values.put(name, renewed(name, value, keys, key)));
    return new ParameterValues(values).json();
  }

  private static ParameterValue renewed(
      String name, ParameterValue value, PrivateKeys keys, PublicKey key) {
    if (!(value instanceof Secret secret) || secret.encrypted().keyId().equals(key.keyId())) {
      return value;
    }
    try {
      return new Secret(
          keys.underKey(key, secret.encrypted(), secret.context(name)), secret.owner());
    } catch (EdjException e) {
      log.warn("the value of parameter '{}' stays under its key: {}", name, e.text());
      return value;
    }
  }
}
