package dev.edj.engine.rows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one result, kept until they are where they belong: few in memory, many in a file that
/// nobody else can open and that is gone with the process, however it ends.
///
/// They are written first, by [#add], and can then be read any number of times, by [#read]. Not for
/// several threads.
public final class RowSpool implements AutoCloseable {

  /// What stays in memory.
  private static final int MOST_IN_MEMORY = 256 * 1024;

  private static final int FIRST_BLOCK = 4 * 1024;

  /// What is written to the file, and read from it, at a time. The JDK copies as much once more,
  /// outside of the heap, and keeps that for each thread.
  static final int BLOCK = 64 * 1024;

  static final int NULL = -1;

  /// What stays free on the disk, which can be the control database's, too.
  private static final long LEFT_FREE = 256L << 20;

  private static final long LOOK_EVERY = 1L << 20;

  private final List<Column> columns;
  private final Path directory;
  private final long leftFree;

  /// All rows while there is no file; then those that are not in the file yet.
  private byte[] block = new byte[FIRST_BLOCK];

  private int used;
  private @Nullable FileChannel file;
  private long lookAt;
  private long count;

  /// @param directory where the file goes if there are many rows
  public RowSpool(List<Column> columns, Path directory) {
    this(columns, directory, LEFT_FREE);
  }

  /// @param leftFree what stays free on the disk
  RowSpool(List<Column> columns, Path directory, long leftFree) {
    this.columns = List.copyOf(columns);
    this.directory = directory;
    this.leftFree = leftFree;
  }

  public List<Column> columns() {
    return columns;
  }

  /// How many rows there are.
  public long count() {
    return count;
  }

  /// Appends the row on which the cursor stands; its columns are this spool's.
  public <E extends Exception> void add(RowCursor<E> row) throws E, IOException {
    for (int i = 0; i < columns.size(); i++) {
      byte[] value = row.value(i);
      writeLength(value == null ? NULL : value.length);
      if (value != null) {
        write(value);
      }
    }
    count++;
  }

  private void writeLength(int length) throws IOException {
    makeRoom(Integer.BYTES);
    ByteBuffer.wrap(block).putInt(used, length);
    used += Integer.BYTES;
  }

  private void write(byte[] value) throws IOException {
    int written = 0;
    do {
      makeRoom(Math.min(BLOCK, value.length - written));
      int part = Math.min(block.length - used, value.length - written);
      System.arraycopy(value, written, block, used, part);
      used += part;
      written += part;
    } while (written < value.length);
  }

  /// @param room at most a block
  private void makeRoom(int room) throws IOException {
    if (used + room <= block.length) {
      return;
    }
    if (file == null && used + room <= MOST_IN_MEMORY) {
      block = Arrays.copyOf(block, Math.min(MOST_IN_MEMORY, Math.max(2 * used, used + room)));
      return;
    }
    if (file == null) {
      file = openFile();
    }
    flush();
    if (block.length != BLOCK) {
      block = new byte[BLOCK];
    }
  }

  private FileChannel openFile() throws IOException {
    Files.createDirectories(directory);
    Path path = Files.createTempFile(directory, "rows-", ".spool");
    FileChannel opened =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    // Where an open file can lose its name, as on Linux, not even a process that is killed leaves
    // it behind.
    Files.deleteIfExists(path);
    return opened;
  }

  private void flush() throws IOException {
    FileChannel open = file;
    if (open == null) {
      return;
    }
    requireRoom(open);
    for (int from = 0; from < used; from += BLOCK) {
      ByteBuffer part = ByteBuffer.wrap(block, from, Math.min(BLOCK, used - from));
      while (part.hasRemaining()) {
        open.write(part);
      }
    }
    used = 0;
  }

  private void requireRoom(FileChannel open) throws IOException {
    if (open.size() < lookAt) {
      return;
    }
    lookAt = open.size() + LOOK_EVERY;
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < leftFree) {
      throw new IOException(
          "%s has %,d MB left, and the last %,d MB are not for them"
              .formatted(directory, free >> 20, leftFree >> 20));
    }
  }

  /// All rows from the first on. To be called after the last [#add]; several cursors may be read in
  /// turns.
  public RowCursor<IOException> read() throws IOException {
    return readSlices();
  }

  SpooledRows readSlices() throws IOException {
    flush();
    return file == null
        ? new SpooledRows(columns, count, block, used)
        : new SpooledRows(columns, count, file);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Nobody wants it any more, and it has no name.
    }
  }

  /// Rows as they lie in the spool, so that whoever copies them somewhere else needs no array for
  /// each value.
  static final class SpooledRows implements RowCursor<IOException> {

    private final List<Column> columns;
    private final @Nullable FileChannel file;
    private long filePosition;
    private long left;

    private byte[] buffer;
    private int limit;

    /// Where the current row begins, and how far it is read.
    private int row;

    private int position;

    /// Of the values of the current row, from its beginning.
    private final int[] starts;

    private final int[] lengths;

    SpooledRows(List<Column> columns, long count, byte[] buffer, int limit) {
      this(columns, count, null, buffer, limit);
    }

    SpooledRows(List<Column> columns, long count, FileChannel file) {
      this(columns, count, file, new byte[BLOCK], 0);
    }

    private SpooledRows(
        List<Column> columns, long count, @Nullable FileChannel file, byte[] buffer, int limit) {
      this.columns = columns;
      this.left = count;
      this.file = file;
      this.buffer = buffer;
      this.limit = limit;
      this.starts = new int[columns.size()];
      this.lengths = new int[columns.size()];
    }

    @Override
    public List<Column> columns() {
      return columns;
    }

    @Override
    public boolean next() throws IOException {
      if (left == 0) {
        return false;
      }
      left--;
      row = position;
      for (int i = 0; i < lengths.length; i++) {
        require(Integer.BYTES);
        int length = ByteBuffer.wrap(buffer).getInt(position);
        position += Integer.BYTES;
        starts[i] = position - row;
        lengths[i] = length;
        if (length != NULL) {
          require(length);
          position += length;
        }
      }
      return true;
    }

    /// Brings the next bytes into the buffer, behind what it has of the current row.
    private void require(int bytes) throws IOException {
      if (limit - position >= bytes) {
        return;
      }
      int read = position - row;
      int needed = Math.addExact(read, bytes);
      byte[] larger = needed > buffer.length || isMuchTooLarge(needed) ? sized(needed) : buffer;
      System.arraycopy(buffer, row, larger, 0, limit - row);
      buffer = larger;
      limit -= row;
      row = 0;
      position = read;
      while (limit - position < bytes) {
        fill();
      }
    }

    private boolean isMuchTooLarge(int needed) {
      return buffer.length > 16 * BLOCK
          && needed < buffer.length / 16
          && limit - row < buffer.length / 16;
    }

    private static byte[] sized(int needed) {
      return new byte[Math.max(BLOCK, Math.addExact(needed, BLOCK))];
    }

    private void fill() throws IOException {
      if (file == null) {
        throw new EOFException("the rows end in the middle of one");
      }
      int most = Math.min(BLOCK, buffer.length - limit);
      int read = file.read(ByteBuffer.wrap(buffer, limit, most), filePosition);
      if (read < 0) {
        throw new EOFException("the file of rows ends in the middle of one");
      }
      filePosition += read;
      limit += read;
    }

    @Override
    public byte @Nullable [] value(int index) {
      return isNull(index) ? null : Arrays.copyOfRange(buffer, start(index), end(index));
    }

    boolean isNull(int index) {
      return lengths[index] == NULL;
    }

    /// Where the values of the current row are, until the next one is read.
    byte[] buffer() {
      return buffer;
    }

    int start(int index) {
      return row + starts[index];
    }

    int end(int index) {
      return start(index) + lengths[index];
    }
  }
}
