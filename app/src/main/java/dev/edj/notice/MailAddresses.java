package dev.edj.notice;

import dev.edj.problem.EdjException;
import jakarta.mail.internet.AddressException;
import java.util.List;

/// The addresses of a notice by e-mail, as people give them.
final class MailAddresses {

  private static final String FIELD = "emails";
  private static final int MOST = 20;
  private static final int LONGEST = 254;

  private MailAddresses() {}

  static List<String> checked(List<String> texts) {
    if (texts.isEmpty()) {
      throw EdjException.invalid(FIELD, "must name at least one address");
    }
    if (texts.size() > MOST) {
      throw EdjException.invalid(FIELD, "has more than %d addresses".formatted(MOST));
    }
    return texts.stream().map(text -> checked(text.strip())).distinct().toList();
  }

  private static String checked(String text) {
    try {
      if (text.length() <= LONGEST) {
        return MailCall.address(text).getAddress();
      }
    } catch (AddressException e) {
      // The sentence below says it.
    }
    throw EdjException.invalid(
        FIELD, "'%s' is not an address such as dba@example.com".formatted(text));
  }
}
