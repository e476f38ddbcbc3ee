package dev.edj.notice;

import dev.edj.notice.Answer.Verdict;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// What became of an e-mail that the server did not take for all of its addresses.
///
/// @param taken those that it took it for
/// @param refused those that it refused for good
/// @param deferred those that it may take it for another time
/// @param status what it said, of the deferred first; null when it said nothing
/// @param text in its own words
record SentMail(
    List<String> taken,
    List<String> refused,
    List<String> deferred,
    @Nullable Integer status,
    String text) {

  private static final int FIRST_PERMANENT = 500;

  static SentMail of(SendFailedException failure, List<String> recipients) {
    Set<String> sent = sent(failure);
    Map<String, Integer> codes = new HashMap<>();
    int ofAll = codes(failure, codes);
    List<String> taken = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> deferred = new ArrayList<>();
    for (String recipient : recipients) {
      boolean isRefused = codes.getOrDefault(recipient, ofAll) >= FIRST_PERMANENT;
      (sent.contains(recipient) ? taken : isRefused ? refused : deferred).add(recipient);
    }
    int status =
        (deferred.isEmpty() ? refused : deferred)
            .stream().mapToInt(one -> codes.getOrDefault(one, ofAll)).max().orElse(0);
    return new SentMail(taken, refused, deferred, status == 0 ? null : status, said(failure));
  }

  /// As the notice has them; the text of an address may have angle brackets around it.
  private static Set<String> sent(SendFailedException failure) {
    Set<String> sent = new HashSet<>();
    Address[] addresses = failure.getValidSentAddresses();
    if (addresses != null) {
      for (Address address : addresses) {
        sent.add(((InternetAddress) address).getAddress());
      }
    }
    return sent;
  }

  /// Of single addresses, by the failures behind it; returns that of all others, 0 for none.
  private static int codes(SendFailedException failure, Map<String, Integer> codes) {
    int ofAll = 0;
    Exception part = failure;
    while (part instanceof MessagingException one) {
      if (one instanceof SMTPAddressFailedException address) {
        codes.put(address.getAddress().getAddress(), address.getReturnCode());
      } else if (one instanceof SMTPSendFailedException whole) {
        ofAll = Math.max(ofAll, whole.getReturnCode());
      }
      part = one.getNextException();
    }
    return ofAll;
  }

  /// It is tried again as long as there is somebody who may get it; else it is enough that somebody
  /// has it.
  Answer answer() {
    if (!deferred.isEmpty()) {
      return new Answer(Verdict.LATER, status, words(), null, taken, refused);
    }
    return taken.isEmpty()
        ? new Answer(Verdict.NEVER, status, text, null)
        : new Answer(Verdict.TAKEN, status, words(), null, taken, refused);
  }

  private String words() {
    if (taken.isEmpty() && refused.isEmpty()) {
      return text;
    }
    StringBuilder words = new StringBuilder();
    say(words, "taken for ", taken);
    say(words, "not for ", refused);
    say(words, "later for ", deferred);
    return words + ": " + text;
  }

  private static void say(StringBuilder words, String what, List<String> recipients) {
    if (!recipients.isEmpty()) {
      words.append(words.isEmpty() ? "" : "; ").append(what).append(String.join(", ", recipients));
    }
  }

  /// With what is behind it, which says more.
  static String said(MessagingException failure) {
    Exception next = failure.getNextException();
    String text = String.valueOf(failure.getMessage());
    return next == null ? text : text + ": " + next.getMessage();
  }
}
