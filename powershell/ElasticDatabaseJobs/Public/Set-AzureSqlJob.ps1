function Set-AzureSqlJob {
    <#
    .SYNOPSIS
    Changes jobs: their credential, content, target, execution policy or where their rows go.

    .DESCRIPTION
    What is left out stays as it is, and a running execution keeps what it started with. A change that somebody else made in
    the meantime is not overwritten: the error is CHANGED_MEANWHILE. A job of several steps is refused; change it with
    edj job update or in the portal.

    .PARAMETER JobName
    Names of the jobs.

    .PARAMETER CredentialName
    The credential with which they log in to databases.

    .PARAMETER ContentName
    The script or the data-tier package that they apply.

    .PARAMETER TargetId
    Id of the target. A name does as well.

    .PARAMETER ExecutionPolicyName
    Their execution policy.

    .PARAMETER ResultSetDestinationServerName
    Server of the table into which the rows go that the script returns.

    .PARAMETER ResultSetDestinationDatabaseName
    Its database.

    .PARAMETER ResultSetDestinationCredentialName
    The credential with which they are written.

    .PARAMETER ResultSetDestinationSchemaName
    Its schema. Without it, that of the credential's login.

    .PARAMETER ResultSetDestinationTableName
    The table. It is made when it does not exist.

    .PARAMETER RemoveResultSetDestination
    The rows are not sent to a table any more.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJob -JobName 'rebuild indexes' -ExecutionPolicyName careful

    .OUTPUTS
    ElasticDatabaseJobs.Job, with JobName, ContentName, ContentVersionNumber (empty: each execution takes the newest),
    TargetDescription, TargetId, CredentialName, ExecutionPolicyName, ResultSetDestination and StepCount.

    .LINK
    New-AzureSqlJob
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Change')]
    [OutputType('ElasticDatabaseJobs.Job')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $JobName,

        [string] $CredentialName,

        [string] $ContentName,

        [string] $TargetId,

        [string] $ExecutionPolicyName,

        [Parameter(ParameterSetName = 'Change')]
        [string] $ResultSetDestinationServerName,

        [Parameter(ParameterSetName = 'Change')]
        [string] $ResultSetDestinationDatabaseName,

        [Parameter(ParameterSetName = 'Change')]
        [string] $ResultSetDestinationCredentialName,

        [Parameter(ParameterSetName = 'Change')]
        [string] $ResultSetDestinationSchemaName,

        [Parameter(ParameterSetName = 'Change')]
        [string] $ResultSetDestinationTableName,

        [Parameter(Mandatory, ParameterSetName = 'RemoveResultSetDestination')]
        [switch] $RemoveResultSetDestination,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($name in $JobName) {
            if (-not $PSCmdlet.ShouldProcess($name, 'Change job')) {
                continue
            }
            try {
                $job = Invoke-EdjRequest 'GET /jobs/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
                if (@($job.steps).Count -ne 1) {
                    throw (New-EdjError "Job '$name' has $(@($job.steps).Count) steps. Change it with 'edj job update' or in the portal." 'SeveralSteps' InvalidOperation $name)
                }
                $jobStep = @($job.steps)[0]
                $newJobStep = Copy-Step $jobStep
                if ($PSBoundParameters.ContainsKey('CredentialName')) {
                    $newJobStep.credential = $CredentialName
                }
                if ($PSBoundParameters.ContainsKey('ContentName')) {
                    $newJobStep.content = $ContentName
                    # The number of a version of another content means nothing.
                    $newJobStep.contentVersion = $null
                }
                if ($PSBoundParameters.ContainsKey('TargetId')) {
                    $newJobStep.target = $TargetId
                }
                if ($PSBoundParameters.ContainsKey('ExecutionPolicyName')) {
                    $newJobStep.policy = $ExecutionPolicyName
                }
                if ($RemoveResultSetDestination) {
                    $newJobStep.destination = $null
                    $newJobStep.results = $null
                }
                elseif (@($PSBoundParameters.Keys) -like 'ResultSetDestination*') {
                    $newJobStep.destination = ConvertTo-Destination $PSBoundParameters $jobStep.destination
                    $newJobStep.results = $null
                }
                $changed = Invoke-EdjRequest 'PATCH /jobs/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name -Body @{
                    steps           = @($newJobStep)
                    expectedVersion = $job.version
                }
                $info = ConvertTo-JobInfo $changed @{} $AzureSqlJobConnection
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $info
        }
    }
}
