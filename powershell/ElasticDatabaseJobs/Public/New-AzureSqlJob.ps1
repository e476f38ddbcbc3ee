function New-AzureSqlJob {
    <#
    .SYNOPSIS
    Creates a job: a content, applied to a target with a credential.

    .DESCRIPTION
    Creating a job starts nothing. Jobs of several steps, with parameters or with rollouts are made on the command line
    (edj job create) or in the portal, and can be started here.

    .PARAMETER JobName
    Name of the job.

    .PARAMETER CredentialName
    The credential with which it logs in to databases.

    .PARAMETER ContentName
    The script or the data-tier package that it applies; each execution takes the newest version.

    .PARAMETER TargetId
    Id of the target. A name does as well.

    .PARAMETER ExecutionPolicyName
    Its execution policy. Without it: Default execution policy.

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

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    $target = Get-AzureSqlJobTarget -CustomCollectionName tenants
    New-AzureSqlJob -JobName 'rebuild indexes' -ContentName 'rebuild indexes' -CredentialName operations -TargetId $target.TargetId

    .OUTPUTS
    ElasticDatabaseJobs.Job, with JobName, ContentName, ContentVersionNumber (empty: each execution takes the newest),
    TargetDescription, TargetId, CredentialName, ExecutionPolicyName, ResultSetDestination and StepCount.

    .LINK
    Start-AzureSqlJobExecution
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Kept')]
    [OutputType('ElasticDatabaseJobs.Job')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $JobName,

        [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
        [string] $CredentialName,

        [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
        [string] $ContentName,

        [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
        [string] $TargetId,

        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ExecutionPolicyName,

        [Parameter(Mandatory, ParameterSetName = 'ResultSetDestination')]
        [string] $ResultSetDestinationServerName,

        [Parameter(Mandatory, ParameterSetName = 'ResultSetDestination')]
        [string] $ResultSetDestinationDatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ResultSetDestination')]
        [string] $ResultSetDestinationCredentialName,

        [Parameter(ParameterSetName = 'ResultSetDestination')]
        [string] $ResultSetDestinationSchemaName,

        [Parameter(Mandatory, ParameterSetName = 'ResultSetDestination')]
        [string] $ResultSetDestinationTableName,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($JobName, 'Create job')) {
            return
        }
        try {
            $destination = $null
            if ($PSCmdlet.ParameterSetName -eq 'ResultSetDestination') {
                $destination = ConvertTo-Destination $PSBoundParameters
            }
            $made = Invoke-EdjRequest 'POST /jobs' -Connection $AzureSqlJobConnection -Subject $JobName -Body @{
                name  = $JobName
                steps = @(
                    @{
                        content     = $ContentName
                        credential  = $CredentialName
                        target      = $TargetId
                        policy      = $PSBoundParameters['ExecutionPolicyName']
                        destination = $destination
                    }
                )
            }
            $info = ConvertTo-JobInfo $made @{} $AzureSqlJobConnection
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $info
    }
}
