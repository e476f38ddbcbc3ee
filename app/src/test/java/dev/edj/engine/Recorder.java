package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Notes what a batch returned, in order: `NOTICE: text`, `3 rows`, `[[1, a], [2, b]]`.
final class Recorder implements BatchListener {

  final List<String> events = new ArrayList<>();
  final List<TargetMessage> messages = new ArrayList<>();
  final CountDownLatch heard = new CountDownLatch(1);

  @Override
  public void message(TargetMessage message) {
    messages.add(message);
    events.add(message.severity() + ": " + message.text());
    heard.countDown();
  }

  @Override
  public void rowCount(long rows) {
    events.add(rows + " rows");
  }

  @Override
  public void resultSet(ResultSet rows) throws SQLException {
    List<List<String>> values = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
        row.add(String.valueOf(rows.getString(column)));
      }
      values.add(row);
    }
    events.add(values.toString());
  }
}
