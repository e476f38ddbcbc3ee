package dev.edj.docs;

import dev.edj.dacpac.Packages;

/// The data-tier package of the pages, in its versions: a table, one of whose columns has another
/// name from the second on, where there is one more.
final class OrdersPackage {

  private static final String COLUMN =
      """
      <Entry><Element Type="SqlSimpleColumn" Name="[dbo].[Orders].[%s]">
        <Relationship Name="TypeSpecifier"><Entry><Element Type="SqlTypeSpecifier">
          <Relationship Name="Type"><Entry><References ExternalSource="BuiltIns" Name="[%s]"/></Entry></Relationship>
        </Element></Entry></Relationship>
      </Element></Entry>
      """;

  private static final String RENAME =
      """
      <Operations Version="1.0"><Operation Name="Rename Refactor" Key="f9b5a521-ac79-4ce0-b3f7-4b639133a455">
        <Property Name="ElementName" Value="[dbo].[Orders].[Sum]"/>
        <Property Name="ElementType" Value="SqlSimpleColumn"/>
        <Property Name="NewName" Value="[Total]"/>
      </Operation></Operations>
      """;

  private OrdersPackage() {}

  static byte[] version(int version) {
    String number = COLUMN.formatted("Number", "int");
    return version == 1
        ? named("1.3.0.0", number + COLUMN.formatted("Sum", "money")).bytes()
        : named(
                "1.4.0.0",
                number + COLUMN.formatted("Total", "money") + COLUMN.formatted("Note", "xml"))
            .part("refactor.xml", RENAME)
            .part("postdeploy.sql", "PRINT 'deployed';")
            .bytes();
  }

  private static Packages named(String version, String columns) {
    return Packages.with(
            """
            <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>
            <Element Type="SqlTable" Name="[dbo].[Orders]">
              <Property Name="IsAnsiNullsOn" Value="True"/>
              <Relationship Name="Columns">%s</Relationship>
              <Relationship Name="Schema"><Entry><References ExternalSource="BuiltIns" Name="[dbo]"/></Entry></Relationship>
            </Element>
            """
                .formatted(columns))
        .part(
            "DacMetadata.xml",
            """
            <DacType xmlns="http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02">
              <Name>Orders</Name><Version>%s</Version>
            </DacType>
            """
                .formatted(version));
  }
}
