package dev.edj.engine.rows;

import dev.edj.engine.BatchListener;
import dev.edj.engine.TargetMessage;

/// For batches of which only the effect matters.
record SilentListener() implements BatchListener {

  @Override
  public void message(TargetMessage message) {}

  @Override
  public void rowCount(long rows) {}
}
