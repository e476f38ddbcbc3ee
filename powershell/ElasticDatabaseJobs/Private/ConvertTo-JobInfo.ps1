# Jobs and executions as the preview printed them. The preview's jobs have one step: of several, what is not the
# same in all is empty, and the job says how many it has.

function ConvertTo-JobInfo {
    [CmdletBinding()]
    param([object] $Job, [hashtable] $Known, [object] $Connection)

    $target = Find-KnownTarget (Get-Common $job.steps 'target') $Known $Connection
    $description = $null
    if ($null -ne $target) {
        $description = ConvertTo-TargetDescription $target
    }
    $destination = $null
    if (@($job.steps).Count -eq 1) {
        $jobStep = @($job.steps)[0]
        $destination = ConvertTo-DestinationInfo $jobStep.destination
    }
    [pscustomobject] @{
        PSTypeName           = 'ElasticDatabaseJobs.Job'
        JobName              = $job.name
        ContentName          = Get-Common $job.steps 'content'
        ContentVersionNumber = Get-Common $job.steps 'contentVersion'
        TargetDescription    = $description
        TargetId             = $target.id
        CredentialName       = Get-Common $job.steps 'credential'
        ExecutionPolicyName  = Get-Common $job.steps 'policy'
        ResultSetDestination = $destination
        StepCount            = @($job.steps).Count
    }
}

# What all steps have in this field, else nothing.
function Get-Common {
    [CmdletBinding()]
    param([object[]] $Steps, [string] $Field)

    $values = @($Steps | ForEach-Object { $_.$Field } | Select-Object -Unique)
    # Nothing is no value that all steps could have, and is not among those.
    $without = @($Steps | Where-Object { $null -eq $_.$Field }).Count
    if ($values.Count -eq 1 -and $without -eq 0) {
        $values[0]
    }
}

function ConvertTo-DestinationInfo {
    [CmdletBinding()]
    param([object] $Destination)

    if ($null -eq $destination) {
        return
    }
    [pscustomobject] @{
        PSTypeName        = 'ElasticDatabaseJobs.ResultSetDestination'
        TargetDescription = ConvertTo-DatabaseDescription $destination.server $destination.database
        CredentialName    = $destination.credential
        SchemaName        = $destination.schema
        TableName         = $destination.table
    }
}

# A child is about one database; what it has of a target is that one, if it is a target.
function ConvertTo-JobExecutionInfo {
    [CmdletBinding()]
    param([object] $JobExecution, [hashtable] $Known, [object] $Connection)

    $description = $null
    if ($null -ne $jobExecution.parentId) {
        $description = ConvertTo-DatabaseDescription $jobExecution.server $jobExecution.database
        $id = Find-KnownDatabaseId $jobExecution.server $jobExecution.database $Known $Connection
    }
    else {
        $target = Find-KnownTarget $jobExecution.target $Known $Connection
        $id = $target.id
        if ($null -ne $target) {
            $description = ConvertTo-TargetDescription $target
        }
    }
    [pscustomobject] @{
        PSTypeName           = 'ElasticDatabaseJobs.JobExecution'
        JobExecutionId       = $jobExecution.id
        ParentJobExecutionId = $jobExecution.parentId
        Lifecycle            = $jobExecution.lifecycle
        CreatedTime          = ConvertTo-UtcTime $jobExecution.createdAt
        StartTime            = ConvertTo-UtcTime $jobExecution.startedAt
        EndTime              = ConvertTo-UtcTime $jobExecution.endedAt
        JobName              = $jobExecution.job
        ContentName          = $jobExecution.content
        ContentVersionNumber = $jobExecution.contentVersion
        TargetDescription    = $description
        TargetId             = $id
        CredentialName       = $jobExecution.credential
        ExecutionPolicyName  = $jobExecution.policy
        ResultSetDestination = ConvertTo-DestinationInfo $jobExecution.destination
        StepName             = $jobExecution.step
        Message              = $jobExecution.message
    }
}
