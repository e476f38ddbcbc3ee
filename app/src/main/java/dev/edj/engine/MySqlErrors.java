package dev.edj.engine;

import java.util.Set;

/// Which errors of MySQL and MariaDB may pass by themselves. Sources: MySQL 8.4 Error Reference
/// (server 1000-5999, client 2000-2999), MariaDB Error Code Reference.
final class MySqlErrors {

  private static final Set<Integer> TRANSIENT =
      Set.of(
          1021, // disk full, waiting for space
          1037, // out of memory
          1040, // too many connections
          1041, // out of resources
          1042, // cannot get the host name of the address
          1043, // bad handshake
          1053, // server shutdown in progress
          1114, // table is full: what InnoDB says of a disk that is
          1129, // host blocked because of too many connection errors
          1158, // network: error reading
          1159, // network: time-out reading
          1160, // network: error writing
          1161, // network: time-out writing
          1203, // user has too many active connections
          1205, // lock wait time-out
          1213, // deadlock
          1226, // user exceeded a resource per hour
          1412, // table definition has changed
          1614, // XA deadlock
          1637, // too many concurrent transactions
          1836, // running in read-only mode
          1927, // connection was killed
          2002, // cannot connect through the socket
          2003, // cannot connect
          2006, // server has gone away
          2013, // lost connection during the query
          2055, // lost connection, with a system error
          3101, // rolled back by group replication
          3572, // NOWAIT: lock not available
          4031); // disconnected because of inactivity

  private static final Set<Integer> SESSION_ENDED =
      Set.of(1053, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 2055, 4031);

  private MySqlErrors() {}

  static boolean isTransient(int number) {
    return TRANSIENT.contains(number);
  }

  static boolean endsSession(int number) {
    return SESSION_ENDED.contains(number);
  }
}
