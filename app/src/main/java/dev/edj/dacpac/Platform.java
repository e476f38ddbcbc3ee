package dev.edj.dacpac;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a package was made for, by the name that DacFx gives it.
public enum Platform {
  SQL_2005("Sql90", "SQL Server 2005", 90),
  SQL_2008("Sql100", "SQL Server 2008", 100),
  SQL_2012("Sql110", "SQL Server 2012", 110),
  SQL_2014("Sql120", "SQL Server 2014", 120),
  SQL_2016("Sql130", "SQL Server 2016", 130),
  SQL_2017("Sql140", "SQL Server 2017", 140),
  SQL_2019("Sql150", "SQL Server 2019", 150),
  SQL_2022("Sql160", "SQL Server 2022", 160),
  SQL_2025("Sql170", "SQL Server 2025", 170),
  AZURE("SqlAzure", "Azure SQL Database", 110),
  AZURE_V12("SqlAzureV12", "Azure SQL Database", 120);

  private static final String BEFORE = "Microsoft.Data.Tools.Schema.Sql.";
  private static final String AFTER = "DatabaseSchemaProvider";

  private final String provider;
  private final String title;
  private final int compatibilityLevel;

  Platform(String provider, String title, int compatibilityLevel) {
    this.provider = BEFORE + provider + AFTER;
    this.title = title;
    this.compatibilityLevel = compatibilityLevel;
  }

  /// @param provider as model.xml names it, possibly with more after a comma
  /// @throws DacpacException when nothing is known of it
  static Platform of(String provider) throws DacpacException {
    String name = provider.split(",", 2)[0].strip();
    for (Platform platform : values()) {
      if (platform.provider.equals(name)) {
        return platform;
      }
    }
    throw new DacpacException(
        Code.UNKNOWN_VERSION,
        "made for the platform '%s'; known are %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(known -> known.provider)
                    .collect(Collectors.joining(", "))));
  }

  /// For people: `SQL Server 2019`.
  public String title() {
    return title;
  }

  /// Refuses a server that cannot have all that a package for this platform may hold.
  ///
  /// @throws DacpacException when it is of the other kind, or older
  public void requireFits(Server server) throws DacpacException {
    if (isAzure() != server.azure()) {
      throw unfit(server.azure() ? "this is Azure SQL Database" : "this is SQL Server");
    }
    if (!isAzure() && server.majorVersion() < compatibilityLevel / 10) {
      throw unfit("this server has the version %d".formatted(server.majorVersion()));
    }
  }

  private DacpacException unfit(String found) {
    return new DacpacException(
        Code.WRONG_PLATFORM,
        "the package is for %s, and %s; AllowIncompatiblePlatform=True deploys it all the same"
            .formatted(title, found));
  }

  private boolean isAzure() {
    return this == AZURE || this == AZURE_V12;
  }

  /// What a database is on.
  ///
  /// @param majorVersion of SQL Server: 16 for 2022
  public record Server(boolean azure, int majorVersion) {

    private static final int AZURE_SQL_DATABASE = 5;

    /// Asks the server.
    public static Server of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet answer =
              statement.executeQuery(
                  """
                  SELECT
                    CAST(SERVERPROPERTY('EngineEdition') AS INT),
                    CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128))
                  """)) {
        answer.next();
        String version = answer.getString(2);
        return new Server(
            answer.getInt(1) == AZURE_SQL_DATABASE,
            Integer.parseInt(version.substring(0, version.indexOf('.'))));
      }
    }
  }
}
