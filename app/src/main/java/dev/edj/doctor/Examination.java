package dev.edj.doctor;

import java.util.List;

/// A look at one part of an installation, which changes nothing there.
public sealed interface Examination
    permits MachineExamination,
        LauncherExamination,
        DirectoryExamination,
        PortExamination,
        ControlDatabaseExamination,
        KeyExamination {

  /// What was found, in the order in which somebody should care.
  List<Finding> findings();
}
