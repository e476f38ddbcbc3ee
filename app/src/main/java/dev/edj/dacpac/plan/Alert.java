package dev.edj.dacpac.plan;

/// Something that a person should know before a deployment runs.
///
/// @param message one sentence
/// @param object the object that it is about: `[dbo].[Orders]`
public record Alert(Kind kind, String message, String object) {

  /// In DacFx's words where it has one.
  public enum Kind {
    DATA_ISSUE("DataIssue"),
    DATA_MOTION("DataMotion"),
    CREATE_CLUSTERED_INDEX("CreateClusteredIndex"),
    /// Something in the database that is left as it is, or in the package that is not deployed.
    LEFT_ALONE("LeftAlone");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}
