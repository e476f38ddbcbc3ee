package dev.edj.dacpac;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
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

  /// Of a database that has all that a package for it may use.
  public int compatibilityLevel() {
    return compatibilityLevel;
  }

  public boolean isAzure() {
    return this == AZURE || this == AZURE_V12;
  }
}
