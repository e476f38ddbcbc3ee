package dev.edj.portal.job;

import dev.edj.content.ContentKind;
import dev.edj.content.ContentVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step's part of the form.
///
/// @param index from 0
/// @param versions of the content that is chosen, without their texts
/// @param users the jobs that use that content, too
/// @param variables of that content, where it is a package
/// @param found null when nobody asked
record StepPart(
    int index,
    StepForm form,
    List<ContentVersion> versions,
    List<String> users,
    List<String> variables,
    @Nullable FoundDatabases found) {

  /// In front of the names of its fields.
  public String place() {
    return JobForm.place(index);
  }

  /// In front of the ids of what is exchanged.
  public String id() {
    return "step-" + index;
  }

  /// Whether the content that is chosen is a package.
  public boolean isOfPackage() {
    return !versions.isEmpty() && versions.getLast().kind() == ContentKind.Dacpac;
  }

  /// The number of the version that a changed text would become.
  public int nextVersion() {
    return versions.isEmpty() ? 1 : versions.getLast().version() + 1;
  }
}
