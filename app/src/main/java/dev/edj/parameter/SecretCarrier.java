package dev.edj.parameter;

/// A row that has secret parameters.
///
/// @param place where it is, until its transaction ends
record SecretCarrier(String place, String parameters, boolean renewed) {}
