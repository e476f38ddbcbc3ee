function Set-AzureSqlJobExecutionPolicy {
    <#
    .SYNOPSIS
    Changes an execution policy.

    .DESCRIPTION
    What is left out stays as it is, and what has started keeps the settings that it started with.

    .PARAMETER ExecutionPolicyName
    Name of the execution policy.

    .PARAMETER JobExecutionTimeout
    How long an execution may take in all. Zero means as long as it takes.

    .PARAMETER InitialRetryInterval
    How long to wait before the second attempt.

    .PARAMETER RetryIntervalBackoffCoefficient
    What the wait is multiplied by from one attempt to the next.

    .PARAMETER MaximumRetryInterval
    The longest wait.

    .PARAMETER MaximumAttempts
    The most attempts, the first one counted.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobExecutionPolicy -ExecutionPolicyName careful -InitialRetryInterval (New-TimeSpan -Seconds 15)

    .OUTPUTS
    ElasticDatabaseJobs.ExecutionPolicy, with ExecutionPolicyName, JobExecutionTimeout, InitialRetryInterval,
    RetryIntervalBackoffCoefficient, MaximumRetryInterval and MaximumAttempts.

    .LINK
    New-AzureSqlJobExecutionPolicy
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.ExecutionPolicy')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ExecutionPolicyName,

        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('JobTimeout')]
        [System.Nullable[timespan]] $JobExecutionTimeout,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[timespan]] $InitialRetryInterval,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[float]] $RetryIntervalBackoffCoefficient,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[timespan]] $MaximumRetryInterval,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[int]] $MaximumAttempts,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($ExecutionPolicyName, 'Change execution policy')) {
            return
        }
        try {
            $changed = Invoke-EdjRequest 'PATCH /policies/{name}' -Path @{ name = $ExecutionPolicyName } -Connection $AzureSqlJobConnection -Subject $ExecutionPolicyName -Body @{
                jobTimeout                      = ConvertFrom-Span $JobExecutionTimeout
                initialRetryInterval            = ConvertFrom-Span $InitialRetryInterval
                retryIntervalBackoffCoefficient = $RetryIntervalBackoffCoefficient
                maximumRetryInterval            = ConvertFrom-Span $MaximumRetryInterval
                maximumAttempts                 = $MaximumAttempts
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-ExecutionPolicyInfo $changed
    }
}
