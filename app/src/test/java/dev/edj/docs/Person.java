package dev.edj.docs;

import dev.edj.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;

/// Who sits at the terminal of a page: knows the passwords that commands ask for, says yes, and
/// works on a machine that trusts the server's certificate.
///
/// @param certificate what the machine trusts
record Person(PostgresServer server, Path certificate) {

  private static final String OWN_PASSWORD = "correct horse battery";

  /// What is typed where one's own password is changed: the one before, and the next.
  List<String> newPassword() {
    return List.of(OWN_PASSWORD, "battery horse correct");
  }

  /// What is typed; the options by which a command takes it from standard input are added.
  String answer(List<String> words) {
    String command = String.join(" ", words.subList(0, Math.min(2, words.size())));
    return switch (command) {
      case "target create" -> trust(words);
      case "credential create" -> loginPassword(words);
      case "credential update" -> words.size() == 3 ? type(PostgresServer.PASSWORD, words) : "";
      case "user create", "user set-password" -> type(OWN_PASSWORD, words);
      case "job start" -> secretParameter(words);
      default ->
          switch (words.getFirst()) {
            case "sign-in" -> type(OWN_PASSWORD, words);
            case "apply" -> agree(words);
            default -> "";
          };
    };
  }

  private String trust(List<String> words) {
    if (words.get(2).equals("server") && !has(words, "--tls") && !has(words, "--trusted")) {
      words.addAll(List.of("--trusted-certificate", certificate.toString()));
    }
    return "";
  }

  /// The login is there, or made.
  private String loginPassword(List<String> words) {
    int user = words.indexOf("--user");
    if (user < 0 || has(words, "--client-certificate") || has(words, "--token-command")) {
      return "";
    }
    server.execute(
        """
        DO $$BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE "%1$s" SUPERUSER LOGIN PASSWORD '%2$s';
          END IF;
        END$$
        """
            .formatted(words.get(user + 1), PostgresServer.PASSWORD));
    return type(PostgresServer.PASSWORD, words);
  }

  private static String secretParameter(List<String> words) {
    int option = words.indexOf("--secret-param");
    if (option < 0 || words.get(option + 1).contains("=")) {
      return "";
    }
    words.set(option + 1, words.get(option + 1) + "=-");
    return "a secret";
  }

  private static String agree(List<String> words) {
    if (!words.contains("--yes")) {
      words.add("--yes");
    }
    return "";
  }

  private static String type(String password, List<String> words) {
    if (has(words, "--password") || has(words, "--no-password")) {
      return "";
    }
    words.add("--password-stdin");
    return password;
  }

  private static boolean has(List<String> words, String option) {
    return words.stream().anyMatch(word -> word.startsWith(option));
  }
}
