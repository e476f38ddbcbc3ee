package dev.edj.dacpac.plan;

import static dev.edj.dacpac.plan.PublishOption.Values.BOTH;
import static dev.edj.dacpac.plan.PublishOption.Values.NO_MATTER;
import static dev.edj.dacpac.plan.PublishOption.Values.OUR_DEFAULT;

import java.util.Arrays;
import java.util.Optional;

/// The options of a deployment that are on or off, by the names that `SqlPackage` documents. One
/// that this library does nothing about takes its default and no other value: it is refused, never
/// passed over.
public enum PublishOption {
  ALLOW_DROP_BLOCKING_ASSEMBLIES("AllowDropBlockingAssemblies", false, false, NO_MATTER),
  ALLOW_EXTERNAL_LANGUAGE_PATHS("AllowExternalLanguagePaths", false, false, NO_MATTER),
  ALLOW_EXTERNAL_LIBRARY_PATHS("AllowExternalLibraryPaths", false, false, NO_MATTER),
  ALLOW_INCOMPATIBLE_PLATFORM("AllowIncompatiblePlatform", false, false, BOTH),
  ALLOW_TABLE_RECREATION("AllowTableRecreation", true, true, BOTH),
  ALLOW_UNSAFE_ROW_LEVEL_SECURITY_DATA_MOVEMENT(
      "AllowUnsafeRowLevelSecurityDataMovement", false, false, OUR_DEFAULT),
  BACKUP_DATABASE_BEFORE_CHANGES("BackupDatabaseBeforeChanges", false, false, OUR_DEFAULT),
  BLOCK_ON_POSSIBLE_DATA_LOSS("BlockOnPossibleDataLoss", true, true, BOTH),
  BLOCK_WHEN_DRIFT_DETECTED("BlockWhenDriftDetected", true, true, NO_MATTER),
  COMMENT_OUT_SET_VAR_DECLARATIONS("CommentOutSetVarDeclarations", false, false, BOTH),
  COMPARE_USING_TARGET_COLLATION("CompareUsingTargetCollation", false, false, OUR_DEFAULT),
  CREATE_NEW_DATABASE("CreateNewDatabase", false, false, OUR_DEFAULT),
  DEPLOY_DATABASE_IN_SINGLE_USER_MODE("DeployDatabaseInSingleUserMode", false, false, OUR_DEFAULT),
  DISABLE_AND_REENABLE_DDL_TRIGGERS("DisableAndReenableDdlTriggers", true, false, OUR_DEFAULT),
  DISABLE_INDEXES_FOR_DATA_PHASE("DisableIndexesForDataPhase", true, true, NO_MATTER),
  DISABLE_PARALLELISM_FOR_ENABLING_INDEXES(
      "DisableParallelismForEnablingIndexes", false, false, NO_MATTER),
  DO_NOT_ALTER_CHANGE_DATA_CAPTURE_OBJECTS(
      "DoNotAlterChangeDataCaptureObjects", true, true, OUR_DEFAULT),
  DO_NOT_ALTER_REPLICATED_OBJECTS("DoNotAlterReplicatedObjects", true, true, OUR_DEFAULT),
  DO_NOT_DROP_DATABASE_WORKLOAD_GROUPS("DoNotDropDatabaseWorkloadGroups", false, false, NO_MATTER),
  DO_NOT_DROP_WORKLOAD_CLASSIFIERS("DoNotDropWorkloadClassifiers", false, false, NO_MATTER),
  DO_NOT_EVALUATE_SQL_CMD_VARIABLES("DoNotEvaluateSqlCmdVariables", true, true, OUR_DEFAULT),
  DROP_CONSTRAINTS_NOT_IN_SOURCE("DropConstraintsNotInSource", true, true, BOTH),
  DROP_DML_TRIGGERS_NOT_IN_SOURCE("DropDmlTriggersNotInSource", true, true, BOTH),
  DROP_EXTENDED_PROPERTIES_NOT_IN_SOURCE("DropExtendedPropertiesNotInSource", true, true, BOTH),
  DROP_INDEXES_NOT_IN_SOURCE("DropIndexesNotInSource", true, true, BOTH),
  DROP_OBJECTS_NOT_IN_SOURCE("DropObjectsNotInSource", false, false, BOTH),
  DROP_PERMISSIONS_NOT_IN_SOURCE("DropPermissionsNotInSource", false, false, BOTH),
  DROP_ROLE_MEMBERS_NOT_IN_SOURCE("DropRoleMembersNotInSource", false, false, BOTH),
  DROP_STATISTICS_NOT_IN_SOURCE("DropStatisticsNotInSource", true, false, OUR_DEFAULT),
  GENERATE_SMART_DEFAULTS("GenerateSmartDefaults", false, false, OUR_DEFAULT),
  HASH_OBJECT_NAMES_IN_LOGS("HashObjectNamesInLogs", false, false, OUR_DEFAULT),
  IGNORE_ANSI_NULLS("IgnoreAnsiNulls", true, true, BOTH),
  IGNORE_AUTHORIZER("IgnoreAuthorizer", false, false, BOTH),
  IGNORE_COLUMN_COLLATION("IgnoreColumnCollation", false, false, BOTH),
  IGNORE_COLUMN_ORDER("IgnoreColumnOrder", false, false, BOTH),
  IGNORE_COMMENTS("IgnoreComments", false, false, BOTH),
  IGNORE_CRYPTOGRAPHIC_PROVIDER_FILE_PATH(
      "IgnoreCryptographicProviderFilePath", true, true, OUR_DEFAULT),
  IGNORE_DATABASE_WORKLOAD_GROUPS("IgnoreDatabaseWorkloadGroups", false, false, NO_MATTER),
  IGNORE_DDL_TRIGGER_ORDER("IgnoreDdlTriggerOrder", false, false, NO_MATTER),
  IGNORE_DDL_TRIGGER_STATE("IgnoreDdlTriggerState", false, false, NO_MATTER),
  IGNORE_DEFAULT_SCHEMA("IgnoreDefaultSchema", false, false, BOTH),
  IGNORE_DML_TRIGGER_ORDER("IgnoreDmlTriggerOrder", false, false, NO_MATTER),
  IGNORE_DML_TRIGGER_STATE("IgnoreDmlTriggerState", false, false, BOTH),
  IGNORE_EXTENDED_PROPERTIES("IgnoreExtendedProperties", false, false, BOTH),
  IGNORE_FILE_AND_LOG_FILE_PATH("IgnoreFileAndLogFilePath", true, true, OUR_DEFAULT),
  IGNORE_FILE_SIZE("IgnoreFileSize", true, true, OUR_DEFAULT),
  IGNORE_FILEGROUP_PLACEMENT("IgnoreFilegroupPlacement", true, true, OUR_DEFAULT),
  IGNORE_FILL_FACTOR("IgnoreFillFactor", true, true, BOTH),
  IGNORE_FULL_TEXT_CATALOG_FILE_PATH("IgnoreFullTextCatalogFilePath", true, true, OUR_DEFAULT),
  IGNORE_IDENTITY_SEED("IgnoreIdentitySeed", false, false, BOTH),
  IGNORE_INCREMENT("IgnoreIncrement", false, false, BOTH),
  IGNORE_INDEX_OPTIONS("IgnoreIndexOptions", false, false, BOTH),
  IGNORE_INDEX_PADDING("IgnoreIndexPadding", true, true, BOTH),
  IGNORE_KEYWORD_CASING("IgnoreKeywordCasing", true, true, BOTH),
  IGNORE_LOCK_HINTS_ON_INDEXES("IgnoreLockHintsOnIndexes", false, false, NO_MATTER),
  IGNORE_LOGIN_SIDS("IgnoreLoginSids", true, true, OUR_DEFAULT),
  IGNORE_NOT_FOR_REPLICATION("IgnoreNotForReplication", false, false, BOTH),
  IGNORE_OBJECT_PLACEMENT_ON_PARTITION_SCHEME(
      "IgnoreObjectPlacementOnPartitionScheme", true, true, OUR_DEFAULT),
  IGNORE_PARTITION_SCHEMES("IgnorePartitionSchemes", false, false, NO_MATTER),
  IGNORE_PERMISSIONS("IgnorePermissions", false, false, BOTH),
  IGNORE_POST_DEPLOY_SCRIPT("IgnorePostDeployScript", false, false, BOTH),
  IGNORE_PRE_DEPLOY_SCRIPT("IgnorePreDeployScript", false, false, BOTH),
  IGNORE_QUOTED_IDENTIFIERS("IgnoreQuotedIdentifiers", true, true, BOTH),
  IGNORE_ROLE_MEMBERSHIP("IgnoreRoleMembership", false, false, BOTH),
  IGNORE_ROUTE_LIFETIME("IgnoreRouteLifetime", true, true, OUR_DEFAULT),
  IGNORE_SEMICOLON_BETWEEN_STATEMENTS("IgnoreSemicolonBetweenStatements", true, true, BOTH),
  IGNORE_SENSITIVITY_CLASSIFICATIONS("IgnoreSensitivityClassifications", false, false, NO_MATTER),
  IGNORE_TABLE_OPTIONS("IgnoreTableOptions", false, false, NO_MATTER),
  IGNORE_TABLE_PARTITION_OPTIONS("IgnoreTablePartitionOptions", false, false, NO_MATTER),
  IGNORE_USER_SETTINGS_OBJECTS("IgnoreUserSettingsObjects", false, false, NO_MATTER),
  IGNORE_WHITESPACE("IgnoreWhitespace", true, true, BOTH),
  IGNORE_WITH_NOCHECK_ON_CHECK_CONSTRAINTS(
      "IgnoreWithNocheckOnCheckConstraints", false, false, BOTH),
  IGNORE_WITH_NOCHECK_ON_FOREIGN_KEYS("IgnoreWithNocheckOnForeignKeys", false, false, BOTH),
  IGNORE_WORKLOAD_CLASSIFIERS("IgnoreWorkloadClassifiers", false, false, NO_MATTER),
  INCLUDE_COMPOSITE_OBJECTS("IncludeCompositeObjects", false, false, OUR_DEFAULT),
  INCLUDE_TRANSACTIONAL_SCRIPTS("IncludeTransactionalScripts", false, true, BOTH),
  IS_ALWAYS_ENCRYPTED_PARAMETERIZATION_ENABLED(
      "IsAlwaysEncryptedParameterizationEnabled", false, false, OUR_DEFAULT),
  NO_ALTER_STATEMENTS_TO_CHANGE_CLR_TYPES(
      "NoAlterStatementsToChangeClrTypes", false, false, NO_MATTER),
  POPULATE_FILES_ON_FILE_GROUPS("PopulateFilesOnFileGroups", true, true, OUR_DEFAULT),
  PRESERVE_IDENTITY_LAST_VALUES("PreserveIdentityLastValues", false, false, OUR_DEFAULT),
  REBUILD_INDEXES_OFFLINE_FOR_DATA_PHASE(
      "RebuildIndexesOfflineForDataPhase", false, false, NO_MATTER),
  REGISTER_DATA_TIER_APPLICATION("RegisterDataTierApplication", false, false, OUR_DEFAULT),
  RESTORE_SEQUENCE_CURRENT_VALUE("RestoreSequenceCurrentValue", true, true, OUR_DEFAULT),
  RUN_DEPLOYMENT_PLAN_EXECUTORS("RunDeploymentPlanExecutors", false, false, OUR_DEFAULT),
  SCRIPT_DATABASE_COLLATION("ScriptDatabaseCollation", false, false, OUR_DEFAULT),
  SCRIPT_DATABASE_COMPATIBILITY("ScriptDatabaseCompatibility", false, false, OUR_DEFAULT),
  SCRIPT_DATABASE_OPTIONS("ScriptDatabaseOptions", true, false, OUR_DEFAULT),
  SCRIPT_DEPLOY_STATE_CHECKS("ScriptDeployStateChecks", false, false, OUR_DEFAULT),
  SCRIPT_FILE_SIZE("ScriptFileSize", false, false, OUR_DEFAULT),
  SCRIPT_NEW_CONSTRAINT_VALIDATION("ScriptNewConstraintValidation", true, true, BOTH),
  SCRIPT_REFRESH_MODULE("ScriptRefreshModule", true, true, BOTH),
  TREAT_VERIFICATION_ERRORS_AS_WARNINGS(
      "TreatVerificationErrorsAsWarnings", false, false, OUR_DEFAULT),
  UNMODIFIABLE_OBJECT_WARNINGS("UnmodifiableObjectWarnings", true, true, NO_MATTER),
  VERIFY_COLLATION_COMPATIBILITY("VerifyCollationCompatibility", true, true, OUR_DEFAULT),
  VERIFY_DEPLOYMENT("VerifyDeployment", true, true, OUR_DEFAULT);

  /// Which values are taken.
  enum Values {
    BOTH,
    /// Both as well, since what it is about is never touched here.
    NO_MATTER,
    OUR_DEFAULT
  }

  private final String title;
  private final boolean dacFxDefault;
  private final boolean defaultValue;
  private final Values values;

  PublishOption(String title, boolean dacFxDefault, boolean defaultValue, Values values) {
    this.title = title;
    this.dacFxDefault = dacFxDefault;
    this.defaultValue = defaultValue;
    this.values = values;
  }

  /// As `SqlPackage` writes it.
  public String title() {
    return title;
  }

  /// What holds here where nobody says otherwise.
  public boolean defaultValue() {
    return defaultValue;
  }

  /// What `SqlPackage` would do. Where it differs from [#defaultValue], docs/reference/dacpac.md
  /// says why.
  public boolean dacFxDefault() {
    return dacFxDefault;
  }

  Values taken() {
    return values;
  }

  public boolean takes(boolean value) {
    return values != OUR_DEFAULT || value == defaultValue;
  }

  /// Finds an option by its name.
  ///
  /// @param title in any case
  public static Optional<PublishOption> of(String title) {
    return Arrays.stream(values())
        .filter(option -> option.title.equalsIgnoreCase(title))
        .findFirst();
  }
}
