package dev.edj.execution;

/// What is kept of the first result set of a script.
///
/// @param columns in JSON, see [ResultColumns]
/// @param rowCount of the whole result
/// @param keptRows how many of its rows are kept, from the first on
/// @param digest of the columns and all rows, whatever their order
/// @param rows per value its length as a 32-bit integer, -1 for NULL, and the value
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record KeptResult(String columns, long rowCount, int keptRows, byte[] digest, byte[] rows) {}
