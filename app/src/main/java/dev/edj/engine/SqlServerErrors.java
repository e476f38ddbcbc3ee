package dev.edj.engine;

import java.util.Set;

/// Which of SQL Server's errors may pass by themselves.
///
/// Sources: Microsoft Learn, "Troubleshoot transient connection errors in Azure SQL Database",
/// "Resource governance errors" there, "SQL Server configurable retry logic" (the default list of
/// SqlConfigurableRetryFactory), and the error list in the "Database Engine events and errors".
final class SqlServerErrors {

  private static final Set<Integer> TRANSIENT =
      Set.of(
          // The network or the server's end of it
          -2, // the client's own time-out
          64, // connected, then lost during login
          121, // semaphore time-out
          233, // no process on the other end of the pipe
          258, // wait time-out while connecting
          10053, // connection aborted by the machine's software
          10054, // connection reset by the peer
          10060, // no answer
          10061, // refused
          11001, // host name not found
          // Azure SQL: moving, throttled, starting
          615, // database id is not the name's any more
          4221, // login to a readable secondary waits for row versions
          10928, // resource limit reached
          10929, // server too busy for more than the guarantee
          40020, // throttled
          40143, // throttled
          40166, // being reconfigured
          40197, // error while processing the request, try again
          40501, // service is busy
          40540, // throttled
          40613, // database is not currently available; also a paused serverless database
          42108, // pool is warming up
          42109, // pool is starting up
          49918, // not enough resources for the request
          49919, // too many create or update operations
          49920, // too many operations
          // Failover and recovery
          596, // session is in the kill state
          921, // not recovered yet
          922, // being recovered
          976, // secondary replica not readable now
          983, // availability replica in transition
          6005, // shutdown in progress
          9001, // log of the database not available
          17142, // server is paused
          18401, // server is in script upgrade mode
          18451, // only administrators may connect now
          // Disks that are full
          1101, // no new page: a disk or a file group is full
          1105, // no space for an object: the same
          9002, // log of the database full
          // Locks, memory, snapshots
          601, // data moved during a NOLOCK scan
          701, // not enough memory
          802, // not enough memory in the buffer pool
          1204, // no lock resource
          1205, // deadlock victim
          1221, // lock being released
          1222, // lock request time-out
          1807, // model is in use, a database cannot be created
          3910, // transaction context used by another session
          3960, // snapshot update conflict
          3966, // snapshot too old
          8628, // time-out while waiting to optimize
          8645, // time-out waiting for memory
          8651, // not enough memory to start
          10930, // service too busy
          17197, // login time-out, the server is overloaded
          17830, // network error during login
          41301, // dependency failure, memory-optimized tables
          41302, // write conflict
          41305, // repeatable read validation
          41325, // serializable validation
          41839); // too many dependencies

  private SqlServerErrors() {}

  /// Left out on purpose: 4060, cannot open the database. Azure SQL also says it of a database that
  /// moves, but everywhere it means one that does not exist; a policy can name it transient.
  static boolean isTransient(int number) {
    return TRANSIENT.contains(number);
  }
}
