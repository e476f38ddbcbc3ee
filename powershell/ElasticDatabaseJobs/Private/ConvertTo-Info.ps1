# What the service answers, as the objects of the preview. A parameter is named as the schema of the OpenAPI
# document that it is: that is how a test knows which fields there are.

# An object of these properties, of the type that its view is for.
function New-Info {
    [CmdletBinding()]
    param([string] $TypeName, [System.Collections.IDictionary] $Properties)

    $info = [pscustomobject] $Properties
    $info.PSObject.TypeNames.Insert(0, $TypeName)
    $info
}

function ConvertTo-CredentialInfo {
    [CmdletBinding()]
    param([object] $Credential)

    [pscustomobject] @{
        PSTypeName     = 'ElasticDatabaseJobs.Credential'
        CredentialName = $credential.name
        UserName       = $credential.userName
        Server         = @($credential.servers)
    }
}

function ConvertTo-ContentInfo {
    [CmdletBinding()]
    param([object] $Content)

    [pscustomobject] @{
        PSTypeName    = 'ElasticDatabaseJobs.Content'
        ContentName   = $content.name
        ContentType   = $content.kind
        VersionNumber = $content.latestVersion
    }
}

function ConvertTo-ContentDefinitionInfo {
    [CmdletBinding()]
    param([object] $ContentVersion)

    $definition = [ordered] @{
        ContentName   = $contentVersion.content
        VersionNumber = $contentVersion.version
        Comment       = $contentVersion.comment
    }
    if ($contentVersion.kind -eq 'Script') {
        $definition.CommandText = $contentVersion.text
    }
    else {
        $dacpacVersion = $contentVersion.dacpac
        $definition.DacpacUri = $dacpacVersion.uri
    }
    New-Info 'ElasticDatabaseJobs.ContentDefinition' $definition
}

function ConvertTo-ExecutionPolicyInfo {
    [CmdletBinding()]
    param([object] $ExecutionPolicy)

    [pscustomobject] @{
        PSTypeName                      = 'ElasticDatabaseJobs.ExecutionPolicy'
        ExecutionPolicyName             = $executionPolicy.name
        JobExecutionTimeout             = ConvertTo-Span $executionPolicy.jobTimeout
        InitialRetryInterval            = ConvertTo-Span $executionPolicy.initialRetryInterval
        RetryIntervalBackoffCoefficient = $executionPolicy.retryIntervalBackoffCoefficient
        MaximumRetryInterval            = ConvertTo-Span $executionPolicy.maximumRetryInterval
        MaximumAttempts                 = $executionPolicy.maximumAttempts
    }
}

function ConvertTo-ScheduleInfo {
    [CmdletBinding()]
    param([object] $Schedule)

    $end = ConvertTo-UtcTime $schedule.end
    if ($null -eq $end) {
        $end = [datetime]::new(9999, 12, 31, 0, 0, 0, [System.DateTimeKind]::Utc)
    }
    [pscustomobject] @{
        PSTypeName   = 'ElasticDatabaseJobs.Schedule'
        ScheduleName = $schedule.name
        Interval     = ConvertTo-IntervalInfo $schedule.interval
        StartTime    = ConvertTo-UtcTime $schedule.start
        EndTime      = $end
        Rule         = $schedule.text
    }
}

# 'OneTime' or 'Minutes: 15' as the service prints it; nothing where the schedule has another rule.
function ConvertTo-IntervalInfo {
    [CmdletBinding()]
    param([string] $Text)

    if ($Text -eq '') {
        return
    }
    $unit, $count = $Text -split ': '
    if ($null -ne $count) {
        $count = [int] $count
    }
    [pscustomobject] @{
        PSTypeName   = 'ElasticDatabaseJobs.Interval'
        IntervalType = $unit
        Count        = $count
    }
}

function ConvertTo-TriggerInfo {
    [CmdletBinding()]
    param([object] $Trigger)

    [pscustomobject] @{
        PSTypeName   = 'ElasticDatabaseJobs.Trigger'
        JobName      = $trigger.job
        ScheduleName = $trigger.schedule
        Enabled      = $trigger.enabled
    }
}

function ConvertTo-TaskExecutionInfo {
    [CmdletBinding()]
    param([object] $TaskExecution)

    $parts = @($taskExecution.message, $taskExecution.stack) -ne $null
    [pscustomobject] @{
        PSTypeName         = 'ElasticDatabaseJobs.JobTaskExecution'
        JobTaskExecutionId = $taskExecution.id
        JobExecutionId     = $taskExecution.executionId
        JobTaskType        = $taskExecution.type
        Lifecycle          = $taskExecution.lifecycle
        CreatedTime        = ConvertTo-UtcTime $taskExecution.createdAt
        StartTime          = ConvertTo-UtcTime $taskExecution.startedAt
        EndTime            = ConvertTo-UtcTime $taskExecution.endedAt
        Message            = $parts -join "`n"
    }
}

function ConvertTo-BatchExecutionInfo {
    [CmdletBinding()]
    param([object] $BatchExecution)

    [pscustomobject] @{
        PSTypeName        = 'ElasticDatabaseJobs.ScriptBatchExecution'
        ScriptBatchNumber = $batchExecution.number
        Lifecycle         = $batchExecution.lifecycle
        StartTime         = ConvertTo-UtcTime $batchExecution.startedAt
        EndTime           = ConvertTo-UtcTime $batchExecution.endedAt
        Message           = $batchExecution.message
    }
}
