function Get-AzureSqlJobExecutionPolicy {
    <#
    .SYNOPSIS
    Lists execution policies, or those of the given names.

    .DESCRIPTION
    Without a name, lists all of them. A name that does not exist is an error for itself; the others are returned.

    .PARAMETER ExecutionPolicyName
    Names of the execution policies.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobExecutionPolicy -ExecutionPolicyName 'Default execution policy'

    .OUTPUTS
    ElasticDatabaseJobs.ExecutionPolicy, with ExecutionPolicyName, JobExecutionTimeout, InitialRetryInterval,
    RetryIntervalBackoffCoefficient, MaximumRetryInterval and MaximumAttempts.
    #>
    [CmdletBinding()]
    [OutputType('ElasticDatabaseJobs.ExecutionPolicy')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $ExecutionPolicyName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSBoundParameters.ContainsKey('ExecutionPolicyName')) {
            try {
                $found = @(Invoke-EdjRequest 'GET /policies' -Connection $AzureSqlJobConnection)
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
            $found | ForEach-Object { ConvertTo-ExecutionPolicyInfo $_ }
            return
        }
        foreach ($name in $ExecutionPolicyName) {
            try {
                $one = Invoke-EdjRequest 'GET /policies/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            ConvertTo-ExecutionPolicyInfo $one
        }
    }
}
