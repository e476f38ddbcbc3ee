package dev.edj.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections within a hard limit of time.
///
/// The time-outs of the drivers apply to single reads, so a server that sends a byte a second
/// outlasts them. Here the driver dials on a virtual thread of its own, and giving up interrupts
/// it, which closes its socket (JEP 444). A connection that comes too late is closed.
final class Connecting {

  /// How the Java platform tells what the other side said at the end.
  private static final String ALERT = "Received fatal alert: ";

  /// What a driver does to log in.
  interface Dial {
    Connection dial(Dialling dialling) throws SQLException;
  }

  /// Reads the engine's own code out of a refused login.
  interface Explain {
    TargetError explain(SQLException failure, Dialling dialling);
  }

  private Connecting() {}

  static Connection connect(ConnectionSettings settings, Dial dial, Explain explain)
      throws TargetException {
    requireProof(settings);
    requireHost(settings);
    Dialling dialling = new Dialling(settings);
    CompletableFuture<Connection> connection = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("edj-connect-" + settings.server().canonical())
            .start(() -> dial(dial, dialling, connection));
    try {
      return connection.get(settings.totalTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      giveUp(connection, thread);
      throw failure(
          settings,
          TargetError.of(
              TargetError.Kind.CONNECT,
              "no answer within " + seconds(settings.totalTimeout()) + " s",
              true,
              e));
    } catch (InterruptedException e) {
      giveUp(connection, thread);
      Thread.currentThread().interrupt();
      throw failure(settings, TargetError.of(TargetError.Kind.CANCELED, "canceled", false, e));
    } catch (ExecutionException e) {
      TargetError error = explain(e.getCause(), dialling, explain);
      if (error.kind() == TargetError.Kind.LOGIN) {
        settings.identity().refused();
      }
      throw failure(settings, error);
    }
  }

  /// What a client certificate proves must not be shown to somebody of whom nothing is known.
  private static void requireProof(ConnectionSettings settings) throws TargetException {
    if (settings.identity().certificate() != null && !settings.protection().provesServer()) {
      throw failure(
          settings,
          TargetError.of(
              TargetError.Kind.CONNECT,
              "a client certificate is shown only to a server that proves who it is: its settings need"
                  + " the TLS mode VERIFY_FULL or VERIFY_CA, or a pinned certificate",
              false,
              null));
    }
  }

  /// A token opens all that its user may do to whoever has it.
  private static void requireHost(ConnectionSettings settings) throws TargetException {
    if (settings.identity().hasToken() && !settings.protection().provesHost()) {
      throw failure(
          settings,
          TargetError.of(
              TargetError.Kind.CONNECT,
              "a token is sent only to a server that proves to be that very one: its settings need the"
                  + " TLS mode VERIFY_FULL, or a pinned certificate",
              false,
              null));
    }
  }

  private static void dial(Dial dial, Dialling dialling, CompletableFuture<Connection> result) {
    try {
      Connection connection =
          ScopedValue.where(Dialling.CURRENT, dialling).call(() -> dial.dial(dialling));
      if (!result.complete(connection)) {
        connection.close();
      }
    } catch (Throwable e) {
      // Whatever it is, the waiting thread has to hear of it.
      result.completeExceptionally(e);
    }
  }

  private static void giveUp(CompletableFuture<Connection> connection, Thread thread) {
    if (!connection.cancel(false) && connection.state() == Future.State.SUCCESS) {
      JdbcSession.abort(connection.resultNow());
    }
    thread.interrupt();
  }

  private static TargetError explain(
      @Nullable Throwable failure, Dialling dialling, Explain explain) {
    Optional<String> notDialled = dialling.refusal();
    if (notDialled.isPresent()) {
      return TargetError.of(TargetError.Kind.CONNECT, notDialled.get(), false, failure);
    }
    if (!(failure instanceof SQLException refusal)) {
      return TargetError.of(TargetError.Kind.CONNECT, String.valueOf(failure), false, failure);
    }
    SSLException tls = cause(refusal, SSLException.class);
    Optional<ClientCertificate> shown = dialling.shown();
    if (tls != null && shown.isPresent() && isAlert(tls)) {
      return notAccepted(shown.get(), tls);
    }
    if (tls != null && !brokeOff(tls)) {
      return TargetError.of(
          TargetError.Kind.CONNECT,
          "the server's certificate or encryption was not accepted: " + deepest(tls).getMessage(),
          false,
          refusal);
    }
    IOException network = cause(refusal, IOException.class);
    if (network != null) {
      return TargetError.of(
          TargetError.Kind.CONNECT,
          describe(network) + shown.map(Connecting::afterwards).orElse(""),
          true,
          refusal);
    }
    return explain.explain(refusal, dialling);
  }

  /// Whether it is the other side that broke off, and said why.
  private static boolean isAlert(SSLException tls) {
    return String.valueOf(deepest(tls).getMessage()).contains(ALERT);
  }

  private static TargetError notAccepted(ClientCertificate shown, SSLException tls) {
    return TargetError.of(
        TargetError.Kind.LOGIN,
        "the server did not accept %s: %s"
            .formatted(
                description(shown),
                String.valueOf(deepest(tls).getMessage()).replaceFirst(".*" + ALERT, "")),
        false,
        tls);
  }

  /// By TLS 1.3 the server judges a client's certificate after the client may have gone on; what it
  /// says of it can be lost with the connection then.
  private static String afterwards(ClientCertificate shown) {
    return ", right after the server was shown %s, which it may not have accepted"
        .formatted(description(shown));
  }

  private static String description(ClientCertificate certificate) {
    X509Certificate own = certificate.chain().getFirst();
    return "the client certificate %s, valid until %s"
        .formatted(own.getSubjectX500Principal(), own.getNotAfter().toInstant());
  }

  /// The driver's own refusal to send a login to a server that does not encrypt.
  static TargetError notEncrypted(SQLException refusal) {
    return TargetError.of(
        TargetError.Kind.CONNECT,
        "the server does not encrypt, which its settings demand: " + refusal.getMessage(),
        false,
        refusal);
  }

  private static TargetException failure(ConnectionSettings settings, TargetError error) {
    String tried =
        error.kind() == TargetError.Kind.LOGIN
            ? "Could not log in to %s, database '%s', as '%s': "
                .formatted(settings.server(), settings.database(), settings.user())
            : "Could not connect to %s: ".formatted(settings.server());
    return new TargetException(
        error.withMessage(tried + error.message()).scrubbed(settings.password()));
  }

  private static String describe(IOException network) {
    String text = network.getMessage();
    return switch (network) {
      case UnknownHostException _ -> "the host name does not resolve";
      case SocketTimeoutException _ -> "no answer in time";
      case EOFException _ -> "the server closed the connection";
      default -> text == null ? network.getClass().getSimpleName() : text;
    };
  }

  /// Whether the server went away during the handshake, rather than failed it.
  private static boolean brokeOff(SSLException tls) {
    return tls.getCause() instanceof EOFException || tls.getCause() instanceof SocketException;
  }

  static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String seconds(Duration duration) {
    return String.valueOf(Math.round(duration.toMillis() / 100.0) / 10.0);
  }
}
